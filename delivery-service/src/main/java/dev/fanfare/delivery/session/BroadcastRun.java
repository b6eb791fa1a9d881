package dev.fanfare.delivery.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Several broadcasts of one app, in order, as one piece of bytes per wire. Almost all sessions stand before the first of
 * them and share it. Lives for one turn of an event loop.
 */
final class BroadcastRun {

    private final List<BroadcastFrames> broadcasts;
    private final ByteBuf[] joined = new ByteBuf[Wire.values().length];

    BroadcastRun(List<BroadcastFrames> broadcasts) {
        this.broadcasts = broadcasts;
    }

    List<BroadcastFrames> broadcasts() {
        return broadcasts;
    }

    long firstOffset() {
        return broadcasts.get(0).offset();
    }

    long lastOffset() {
        return broadcasts.get(broadcasts.size() - 1).offset();
    }

    /** All of them; the receiver owns the reference. */
    ByteBuf duplicate(Wire wire) {
        ByteBuf whole = joined[wire.ordinal()];
        if (whole == null) {
            int bytes = broadcasts.stream()
                    .mapToInt(broadcast -> broadcast.view(wire).readableBytes())
                    .sum();
            whole = ByteBufAllocator.DEFAULT.directBuffer(bytes);
            for (BroadcastFrames broadcast : broadcasts) {
                ByteBuf frame = broadcast.view(wire);
                whole.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
            }
            joined[wire.ordinal()] = whole;
        }
        return whole.retainedDuplicate();
    }

    void release() {
        for (ByteBuf whole : joined) {
            if (whole != null) {
                whole.release();
            }
        }
    }
}

package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.Codec;
import dev.fanfare.delivery.protocol.ServerReply;
import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.util.HashMap;
import java.util.Map;

/**
 * One reply as frames, built when first asked for and once per wire, and shared by all sessions of an event loop that get
 * it. Who creates it owns a reference and must release it; {@link #duplicate} hands out further ones. One thread.
 */
final class SharedFrames extends AbstractReferenceCounted {

    private final ServerReply reply;
    /** Three of the wires speak JSON: the reply is encoded once a format, not once a wire. */
    private final Map<Codec, byte[]> encoded = new HashMap<>();

    private final ByteBuf[] frames = new ByteBuf[Wire.values().length];

    SharedFrames(ServerReply reply) {
        this.reply = reply;
    }

    /** The same bytes for one more session; the receiver owns the reference. */
    ByteBuf duplicate(Wire wire) {
        return view(wire).retainedDuplicate();
    }

    /** The bytes, to be read by absolute position; no reference goes with them. */
    ByteBuf view(Wire wire) {
        ByteBuf frame = frames[wire.ordinal()];
        if (frame == null) {
            frame = wire.frame(encoded.computeIfAbsent(wire.codec(), codec -> codec.encode(reply)));
            frames[wire.ordinal()] = frame;
        }
        return frame;
    }

    @Override
    protected void deallocate() {
        for (ByteBuf frame : frames) {
            if (frame != null) {
                frame.release();
            }
        }
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}

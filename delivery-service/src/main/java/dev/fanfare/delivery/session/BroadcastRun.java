package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.Codec;
import dev.fanfare.delivery.protocol.ServerReply;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.Slice;
import dev.fanfare.delivery.window.Telling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A slice of an app's stream as bytes, built when first asked for and once per wire: all sessions of an event loop that
 * stand at its beginning share them. Lives until its last reference is released; who creates it owns the first. One
 * thread.
 */
final class BroadcastRun extends AbstractReferenceCounted {

    private final Slice slice;
    private final Tally tally;
    /** Sessions that were told all of it and are not in the tally yet. */
    private int wholly;

    /** Three of the wires speak JSON: broadcasts are encoded once a format, not once a wire. */
    private final Map<Codec, byte[][]> encoded = new HashMap<>();

    private final ByteBuf[] whole = new ByteBuf[Wire.values().length];

    /** @param slice not empty */
    BroadcastRun(Slice slice, Tally tally) {
        this.slice = slice;
        this.tally = tally;
    }

    static ServerReply reply(Broadcast broadcast) {
        return new ServerReply.Published(
                JoinPlan.CHANNEL, new ServerReply.Publication(broadcast.offsetForClients(), broadcast.data()));
    }

    /** Sessions that stand before this position miss something that comes before this run. */
    long from() {
        return slice.from();
    }

    /** When the brokers got its first broadcast, ms since 1970. */
    long oldestTime() {
        return slice.broadcasts().get(0).time();
    }

    /** Of the first of its broadcasts that somebody follows; null if there is none. */
    Telling telling() {
        for (Broadcast broadcast : slice.broadcasts()) {
            if (broadcast.telling() != null) {
                return broadcast.telling();
            }
        }
        return null;
    }

    /** Where a session stands that was told all of it. */
    long to() {
        return slice.to();
    }

    /** Whether a session at {@code offset} is due some or all of this run next. */
    boolean contains(long offset) {
        return slice.from() <= offset && offset < slice.to();
    }

    /**
     * Whether a session that joined later may be told it, too: nothing in it was only for those who were there, or has been
     * taken back since.
     *
     * @param recalls how many messages the app has taken back by now
     */
    boolean isForLatecomers(int recalls) {
        return slice.isForLatecomers() && slice.recalls() == recalls;
    }

    /** Of the broadcasts, without what each wire adds. */
    long messageBytes() {
        long bytes = 0;
        for (Broadcast broadcast : slice.broadcasts()) {
            bytes += broadcast.data().length;
        }
        return bytes;
    }

    /** The bytes that are due to a session at {@code offset}, which is in this run. The receiver owns the reference. */
    ByteBuf after(long offset, Wire wire) {
        List<Broadcast> broadcasts = slice.broadcasts();
        int first = 0;
        while (broadcasts.get(first).offset() <= offset) {
            first++;
        }
        return first == 0 ? whole(wire).retainedDuplicate() : frames(wire, first);
    }

    /** Whether a session at {@code offset} is due the whole run: the usual case. */
    boolean isWholeFor(long offset) {
        return offset < slice.broadcasts().get(0).offset();
    }

    /** A session was told the whole run. */
    void countWhole() {
        wholly++;
    }

    /** A session at {@code offset} was told the rest of the run. */
    void countAfter(long offset) {
        for (Broadcast broadcast : slice.broadcasts()) {
            if (broadcast.offset() > offset) {
                tally.add(broadcast, 1);
            }
        }
    }

    /** The tally gets who was told so far; at the end of the run's life it gets the rest by itself. */
    void settle() {
        if (wholly > 0) {
            for (Broadcast broadcast : slice.broadcasts()) {
                tally.add(broadcast, wholly);
            }
            wholly = 0;
        }
    }

    /** All of it; to be read by absolute position, no reference goes with it. */
    ByteBuf whole(Wire wire) {
        ByteBuf bytes = whole[wire.ordinal()];
        if (bytes == null) {
            bytes = frames(wire, 0);
            whole[wire.ordinal()] = bytes;
        }
        return bytes;
    }

    private ByteBuf frames(Wire wire, int first) {
        byte[][] replies = encoded.computeIfAbsent(wire.codec(), this::encode);
        int bytes = 0;
        for (int i = first; i < replies.length; i++) {
            bytes += wire.frameBytes(replies[i]);
        }
        ByteBuf frames = ByteBufAllocator.DEFAULT.directBuffer(bytes);
        for (int i = first; i < replies.length; i++) {
            wire.frame(replies[i], frames);
        }
        return frames;
    }

    private byte[][] encode(Codec codec) {
        return slice.broadcasts().stream()
                .map(broadcast -> codec.encode(reply(broadcast)))
                .toArray(byte[][]::new);
    }

    @Override
    protected void deallocate() {
        settle();
        for (ByteBuf bytes : whole) {
            if (bytes != null) {
                bytes.release();
            }
        }
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}

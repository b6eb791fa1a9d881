package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** The transport under a session. All calls on the session's event loop. */
public interface Link {

    EventLoop eventLoop();

    /** Which bytes the client understands. */
    Wire wire();

    /** Whether the transport has pings of its own and the client asked for those; it answers them below the protocol. */
    default boolean hasOwnPing() {
        return false;
    }

    /** The ping as a whole frame. The caller owns the buffer. */
    default ByteBuf pingFrame() {
        return wire().pingFrame();
    }

    /** Hands over a frame, and with it the caller's reference. It leaves with the next {@link #flush()}. */
    void write(ByteBuf frame);

    void flush();

    /**
     * Hands over bytes that many sessions share, behind all that was written before, and lets them leave at once. The
     * reference stays with the caller; the link takes its own if it cannot send all of it now.
     */
    void writeShared(ByteBuf bytes);

    /** Whether the client takes what is written: false while more than a bound of it waits. */
    boolean isWritable();

    /** Bytes that were written and that the client has not taken yet. */
    long pendingBytes();

    /**
     * Whether all that was written is known to have been taken by the client: acknowledged by its system, and not only
     * just now. False also where that cannot be known.
     */
    boolean isAllTaken();

    /** Says why and closes; what was written before still goes out. */
    void close(CloseCode code);
}

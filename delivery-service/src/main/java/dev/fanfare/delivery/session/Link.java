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

    /** Bytes that were written and that the client has not taken yet. */
    long pendingBytes();

    /** Says why and closes; what was written before still goes out. */
    void close(CloseCode code);
}

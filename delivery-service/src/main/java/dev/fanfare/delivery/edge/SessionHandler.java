package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * Between a connection and its session, whatever the transport: what the client says goes in, and the session hears how
 * the connection fares and how it ends. On the connection's event loop.
 *
 * @param <I> what the transport reads
 */
abstract class SessionHandler<I> extends SimpleChannelInboundHandler<I> {

    private final Session session;
    /** Until the client is known. */
    private Deadline deadline;

    SessionHandler(Session session, Deadline deadline) {
        this.session = session;
        this.deadline = deadline;
    }

    final Session session() {
        return session;
    }

    /** A whole message of the client. */
    final void onMessage(byte[] message) {
        session.onFrame(message);
        if (session.info() != null) {
            endDeadline();
        }
    }

    private void endDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            session.onWritable();
        }
    }

    /** The client will send nothing more; it may have taken all that we sent. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            session.onLeft();
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endDeadline();
        session.onClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.onClosed();
        context.close();
    }
}

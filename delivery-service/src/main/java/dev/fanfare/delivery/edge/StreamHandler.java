package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/** Between an endless response and its session: nothing comes in any more but the end. */
final class StreamHandler extends ChannelInboundHandlerAdapter {

    private final Session session;
    /** Until the client is known. */
    private Deadline deadline;

    StreamHandler(Session session, Deadline deadline) {
        this.session = session;
        this.deadline = deadline;
    }

    /** The connect command, which came with the request. */
    void connect(byte[] command) {
        session.onFrame(command);
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
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
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

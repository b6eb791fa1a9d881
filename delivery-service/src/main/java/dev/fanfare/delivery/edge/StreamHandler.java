package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/** Between an endless response and its session: nothing comes in any more but the end. */
final class StreamHandler extends ChannelInboundHandlerAdapter {

    private final Session session;

    StreamHandler(Session session) {
        this.session = session;
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
        session.onClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.onClosed();
        context.close();
    }
}

package dev.fanfare.standalone.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;

/** One direction of a connection that is passed on: what this channel reads, the other one writes. */
final class Pipe extends ChannelInboundHandlerAdapter {

    private final SocketChannel other;
    private boolean ended;

    private Pipe(SocketChannel other) {
        this.other = other;
    }

    /** Both are open, on one event loop, and have not read yet. */
    static void between(SocketChannel client, SocketChannel node) {
        client.pipeline().addLast(new Pipe(node));
        node.pipeline().addLast(new Pipe(client));
        if (client.isActive() && node.isActive()) {
            client.config().setAutoRead(true);
            node.config().setAutoRead(true);
        } else {
            client.close();
            node.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        other.write(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
    }

    /** What cannot be written to this channel is not read from the other. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        other.config().setAutoRead(context.channel().isWritable());
    }

    /** This side has said all: so does the other, and goes on listening. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !ended) {
            ended = true;
            other.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> other.shutdownOutput().addListener(end -> closeIfBothEnded(context)));
        }
    }

    private void closeIfBothEnded(ChannelHandlerContext context) {
        if (other.isInputShutdown()) {
            context.close();
            other.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** A reset on one side is one on the other. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (other.isActive()) {
            other.config().setSoLinger(0);
        }
        other.close();
        context.close();
    }
}

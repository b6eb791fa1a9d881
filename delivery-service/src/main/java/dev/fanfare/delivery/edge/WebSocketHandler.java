package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import org.jboss.logging.Logger;

/** Between a WebSocket and its session. */
final class WebSocketHandler extends SessionHandler<WebSocketFrame> {

    private static final Logger LOGGER = Logger.getLogger(WebSocketHandler.class);

    private final int maxMessageBytes;
    /** The beginning of a message that comes in fragments. */
    private ByteBuf fragments;

    WebSocketHandler(Session session, Deadline deadline, int maxMessageBytes) {
        super(session, deadline);
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            session().onLeft();
            context.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
        } else if (frame instanceof PingWebSocketFrame) {
            context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof PongWebSocketFrame) {
            session().onTransportPong();
        } else if (frame instanceof TextWebSocketFrame
                || frame instanceof BinaryWebSocketFrame
                || frame instanceof ContinuationWebSocketFrame) {
            onData(context, frame);
        }
    }

    private void onData(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame.isFinalFragment() && fragments == null) {
            onMessage(ByteBufUtil.getBytes(frame.content()));
            return;
        }
        if (fragments == null) {
            fragments = context.alloc().buffer();
        }
        if (fragments.readableBytes() + frame.content().readableBytes() > maxMessageBytes) {
            session().close(CloseCode.TOO_LARGE);
            return;
        }
        fragments.writeBytes(frame.content());
        if (frame.isFinalFragment()) {
            byte[] message = ByteBufUtil.getBytes(fragments);
            releaseFragments();
            onMessage(message);
        }
    }

    private void releaseFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releaseFragments();
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOGGER.debugf(cause, "connection closed");
        }
        super.exceptionCaught(context, cause);
    }
}

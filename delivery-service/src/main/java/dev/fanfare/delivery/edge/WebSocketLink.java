package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Wire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;

/** A session's bytes on a WebSocket. */
final class WebSocketLink extends ChannelLink {

    /** Netty's name for the encoder that its handshake puts into the pipeline. */
    private static final String ENCODER = "wsencoder";

    /** @param channel a WebSocket already */
    WebSocketLink(Channel channel, Wire wire) {
        super(channel, channel.pipeline().context(ENCODER), wire);
    }

    @Override
    void sayAndClose(CloseCode code) {
        channel()
                .writeAndFlush(new CloseWebSocketFrame(code.code(), code.reason()))
                .addListener(ChannelFutureListener.CLOSE);
    }
}

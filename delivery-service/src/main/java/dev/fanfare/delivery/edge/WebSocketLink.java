package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;

/** A session's bytes on a WebSocket. */
final class WebSocketLink extends ChannelLink {

    /** Netty's name for the encoder that its handshake puts into the pipeline. */
    private static final String ENCODER = "wsencoder";

    /** The first byte of a ping frame (RFC 6455, 5.2); the second says that it is empty. */
    private static final int PING = 0x89;

    private final boolean framePings;

    /**
     * @param channel a WebSocket already
     * @param framePings whether the client asked for pings of the WebSocket in place of the protocol's
     */
    WebSocketLink(Channel channel, Wire wire, boolean framePings) {
        super(channel, channel.pipeline().context(ENCODER), wire);
        this.framePings = framePings;
    }

    @Override
    public boolean hasOwnPing() {
        return framePings;
    }

    @Override
    public ByteBuf pingFrame() {
        return framePings ? channel().alloc().directBuffer(2).writeByte(PING).writeByte(0) : super.pingFrame();
    }

    @Override
    void sayAndClose(CloseCode code) {
        channel()
                .writeAndFlush(new CloseWebSocketFrame(code.code(), code.reason()))
                .addListener(ChannelFutureListener.CLOSE);
    }
}

package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Link;
import dev.fanfare.delivery.session.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;

/** A session's bytes on a WebSocket. Frames come ready-made: the encoder lets bare buffers pass. */
final class WebSocketLink implements Link {

    private final Channel channel;
    private final Wire wire;

    WebSocketLink(Channel channel, Wire wire) {
        this.channel = channel;
        this.wire = wire;
    }

    @Override
    public EventLoop eventLoop() {
        return channel.eventLoop();
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public void write(ByteBuf frame) {
        channel.write(frame, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public long pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    @Override
    public void close(CloseCode code) {
        if (code == CloseCode.SLOW) {
            // Whoever does not read would not read the reason either; its memory is wanted back now.
            channel.close();
        } else {
            channel.writeAndFlush(new CloseWebSocketFrame(code.code(), code.reason()))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}

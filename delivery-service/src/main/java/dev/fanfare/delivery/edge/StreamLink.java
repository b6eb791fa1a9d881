package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.protocol.ServerReply;
import dev.fanfare.delivery.session.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;

/** A session's bytes in an endless HTTP response. */
final class StreamLink extends ChannelLink {

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    StreamLink(Channel channel, Wire wire) {
        super(channel, channel, wire);
    }

    /** There is no close frame: the reason is a last message. */
    @Override
    void sayAndClose(CloseCode code) {
        write(wire().frame(new ServerReply.Disconnected(code)));
        channel().writeAndFlush(Unpooled.wrappedBuffer(LAST_CHUNK)).addListener(ChannelFutureListener.CLOSE);
    }
}

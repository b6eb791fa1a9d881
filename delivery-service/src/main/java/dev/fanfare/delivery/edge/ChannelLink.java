package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Link;
import dev.fanfare.delivery.session.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;

/** A session's bytes on a Netty channel. Frames come ready-made: what encoder there is lets bare buffers pass. */
abstract class ChannelLink implements Link {

    private final Channel channel;
    private final Wire wire;

    ChannelLink(Channel channel, Wire wire) {
        this.channel = channel;
        this.wire = wire;
    }

    Channel channel() {
        return channel;
    }

    /** Ends the transport in the way in which it says why. */
    abstract void sayAndClose(CloseCode code);

    @Override
    public final EventLoop eventLoop() {
        return channel.eventLoop();
    }

    @Override
    public final Wire wire() {
        return wire;
    }

    @Override
    public final void write(ByteBuf frame) {
        channel.write(frame, channel.voidPromise());
    }

    @Override
    public final void flush() {
        channel.flush();
    }

    @Override
    public final long pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    /** Whoever does not read would not read the reason either, and its memory is wanted back now. */
    @Override
    public final void close(CloseCode code) {
        if (code == CloseCode.SLOW) {
            channel.close();
        } else {
            sayAndClose(code);
        }
    }
}

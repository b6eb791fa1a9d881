package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Link;
import dev.fanfare.delivery.session.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.EventLoop;

/** A session's bytes on a Netty channel. Frames come ready-made and go in behind the transport's encoder. */
abstract class ChannelLink implements Link {

    private final Channel channel;
    private final ChannelOutboundInvoker out;
    private final Wire wire;

    /** @param out where in the channel's pipeline ready-made frames go in */
    ChannelLink(Channel channel, ChannelOutboundInvoker out, Wire wire) {
        this.channel = channel;
        this.out = out;
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
        out.write(frame, channel.voidPromise());
    }

    @Override
    public final void flush() {
        out.flush();
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

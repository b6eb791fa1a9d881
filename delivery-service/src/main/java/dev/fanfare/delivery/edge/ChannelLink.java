package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Link;
import dev.fanfare.delivery.session.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.unix.FileDescriptor;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A session's bytes on a Netty channel. Frames come ready-made and go in behind the transport's encoder. Shared bytes go
 * past the channel altogether, straight into the socket, where nothing waits in front of them: one system call per session
 * is the price of a broadcast, and the channel's own way to it costs as much again in a warm cache.
 */
abstract class ChannelLink implements Link {

    /** By then what was sent, and acknowledged by the client's system, was read by the app as well. */
    private static final long QUIET_MILLIS = 1_000;

    /** How long a client may take to take what is left, and the reason of the end. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Channel channel;
    private final Channel.Unsafe unsafe;
    private final ChannelOutboundInvoker out;
    private final Wire wire;
    /** Null where bytes must take the channel's way: TLS, and transports other than epoll. */
    private final FileDescriptor socket;

    /** @param out where in the channel's pipeline ready-made frames go in */
    ChannelLink(Channel channel, ChannelOutboundInvoker out, Wire wire) {
        this.channel = channel;
        this.unsafe = channel.unsafe();
        this.out = out;
        this.wire = wire;
        this.socket = channel instanceof EpollSocketChannel plain
                        && channel.pipeline().get(SslHandler.class) == null
                ? plain.fd()
                : null;
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
    public final void writeShared(ByteBuf bytes) {
        ChannelOutboundBuffer pending = unsafe.outboundBuffer();
        if (pending == null) {
            // Closed: the number of its socket may be another connection's by now.
            return;
        }
        int length = bytes.readableBytes();
        int sent =
                socket != null && bytes.hasMemoryAddress() && pending.totalPendingWriteBytes() == 0 ? send(bytes) : 0;
        if (sent < length) {
            write(bytes.retainedSlice(bytes.readerIndex() + sent, length - sent));
            flush();
        }
    }

    /** What the socket takes now, 0 if it is full. */
    private int send(ByteBuf bytes) {
        try {
            return socket.writeAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
        } catch (IOException e) {
            channel.close();
            return bytes.readableBytes();
        }
    }

    @Override
    public final boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public final long pendingBytes() {
        ChannelOutboundBuffer pending = unsafe.outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    @Override
    public final boolean isAllTaken() {
        if (!(channel instanceof EpollSocketChannel epoll) || !channel.isOpen() || pendingBytes() > 0) {
            return false;
        }
        EpollTcpInfo tcp = epoll.tcpInfo();
        return tcp.unacked() == 0 && tcp.lastDataSent() >= QUIET_MILLIS;
    }

    /** Whoever does not read would not read the reason either, and its memory is wanted back now. */
    @Override
    public final void close(CloseCode code) {
        if (code == CloseCode.SLOW) {
            abort();
        } else {
            sayAndClose(code);
            // Whoever does not take it any more shall not keep the socket either.
            eventLoop().schedule(this::abort, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Otherwise the system would keep what the client did not take, for minutes, and try. */
    private void abort() {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }
}

package dev.fanfare.standalone.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.util.Iterator;
import java.util.List;

/**
 * One address on loopback before several nodes. Each connection is passed on to one of them, as it is: bytes, the end of
 * each direction, resets; and who reads slowly holds the other side up. Several processes may listen on one address, which
 * share its connections. A connection that no node takes is closed.
 */
final class Relay {

    private static final int BACKLOG = 4_096;
    private static final int CONNECT_MILLIS = 2_000;

    private final List<Upstream> upstreams;

    Relay(List<Upstream> upstreams) {
        this.upstreams = List.copyOf(upstreams);
    }

    /** @return when it listens */
    ChannelFuture listen(EventLoopGroup loops, int port) {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        connect(client, Upstream.inOrder(upstreams).iterator());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port);
    }

    /** Tries one after the other; nothing was read from the client yet. */
    private static void connect(SocketChannel client, Iterator<Upstream> candidates) {
        if (!candidates.hasNext()) {
            client.close();
            return;
        }
        Upstream upstream = candidates.next();
        upstream.opened();
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(InetAddress.getLoopbackAddress(), upstream.port());
        Channel node = connecting.channel();
        node.closeFuture().addListener(closed -> upstream.closed());
        connecting.addListener(connected -> {
            if (connected.isSuccess()) {
                Pipe.between(client, (SocketChannel) node);
            } else {
                connect(client, candidates);
            }
        });
    }
}

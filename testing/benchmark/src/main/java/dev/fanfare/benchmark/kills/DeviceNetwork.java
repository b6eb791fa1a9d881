package dev.fanfare.benchmark.kills;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The network between devices and edges: a device that dials gets any edge that listens. Its cable can be cut: then it
 * goes on acknowledging what both sides send, lets nothing through, and tells nobody that the other side is gone. New
 * connections are as good as dead, too, until it is mended. One event loop; its state is touched there alone.
 */
final class DeviceNetwork implements AutoCloseable {

    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final List<Integer> edges;
    private final Set<Line> lines = new HashSet<>();
    private final Channel listening;
    private boolean cut;

    /** @param edgePorts of this machine */
    DeviceNetwork(List<Integer> edgePorts) {
        edges = new ArrayList<>(edgePorts);
        listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel device) {
                        accept(device);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** What a device takes for the server. */
    URI uri() {
        int port = ((InetSocketAddress) listening.localAddress()).getPort();
        return URI.create("ws://127.0.0.1:" + port + "/connection/websocket");
    }

    void cut() throws InterruptedException {
        loop.submit(() -> {
                    cut = true;
                    lines.forEach(line -> line.dead = true);
                })
                .sync();
    }

    /** New connections get through; those that were cut break, as they do when a phone has a network again. */
    void mend() throws InterruptedException {
        loop.submit(() -> {
                    cut = false;
                    List.copyOf(lines).stream().filter(line -> line.dead).forEach(Line::end);
                })
                .sync();
    }

    private void accept(Channel device) {
        Line line = new Line(device);
        line.dead = cut;
        lines.add(line);
        device.pipeline().addLast(new End(line));
        Collections.shuffle(edges);
        dial(line, List.copyOf(edges));
    }

    private void dial(Line line, List<Integer> left) {
        if (left.isEmpty()) {
            line.end();
            return;
        }
        ChannelFuture dialled = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new End(line))
                .connect(InetAddress.getLoopbackAddress(), left.get(0));
        dialled.addListener(done -> {
            if (!done.isSuccess()) {
                dial(line, left.subList(1, left.size()));
            } else if (!line.device.isOpen()) {
                dialled.channel().close();
            } else {
                line.edge = dialled.channel();
                line.device.config().setAutoRead(true);
            }
        });
    }

    @Override
    public void close() {
        loop.shutdownGracefully().syncUninterruptibly();
    }

    private final class Line {

        private final Channel device;
        private Channel edge;
        private boolean dead;

        Line(Channel device) {
            this.device = device;
        }

        Channel across(Channel from) {
            return from == device ? edge : device;
        }

        void end() {
            lines.remove(this);
            device.close();
            if (edge != null) {
                edge.close();
            }
        }
    }

    /** Of a line: what comes here goes out at the other one. */
    private static final class End extends ChannelInboundHandlerAdapter {

        private final Line line;

        End(Line line) {
            this.line = line;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            Channel other = line.across(context.channel());
            if (line.dead || other == null) {
                ReferenceCountUtil.release(bytes);
            } else {
                other.writeAndFlush(bytes);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!line.dead) {
                line.end();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
            context.close();
        }
    }
}

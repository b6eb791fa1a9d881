package dev.fanfare.delivery.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One more client port of the node under test, with a configuration of its own, and a view of its connections. */
final class OpenPort implements AutoCloseable {

    private final Channel listening;
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    /** @param config keys without {@code fanfare.edge.} */
    OpenPort(EdgePort port, Map<String, String> config) throws Exception {
        EdgeConfig mapped = config(config);
        listening = port.open(mapped, port.pipeline(mapped)).sync().channel();
        // On its loop, for a handler that is added from elsewhere misses what comes at once.
        listening
                .eventLoop()
                .submit(() -> listening.pipeline().addFirst(new Watcher()))
                .sync();
    }

    /** A server's channel reads connections. */
    private final class Watcher extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            accepted.add((Channel) message);
            context.fireChannelRead(message);
        }
    }

    static EdgeConfig config(Map<String, String> config) {
        Map<String, String> values = new HashMap<>();
        values.put("fanfare.edge.host", "127.0.0.1");
        values.put("fanfare.edge.port", "0");
        config.forEach((key, value) -> values.put("fanfare.edge." + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(EdgeConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(EdgeConfig.class);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    String http(String path) {
        return "http://127.0.0.1:" + address().getPort() + path;
    }

    /** The server's end of the next connection. */
    Channel nextConnection() throws InterruptedException {
        Channel channel = accepted.poll(10, TimeUnit.SECONDS);
        if (channel == null) {
            throw new AssertionError("no connection");
        }
        return channel;
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        accepted.forEach(Channel::close);
    }
}

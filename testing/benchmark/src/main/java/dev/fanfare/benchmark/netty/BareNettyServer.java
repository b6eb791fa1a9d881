package dev.fanfare.benchmark.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Netty with nothing around it: one epoll event loop that writes one shared frame to every channel. What a server in Java
 * can hope for. The same commands as {@code baseline.c}: {@code send COUNT BYTES BATCH}, {@code quit}.
 */
public final class BareNettyServer {

    private static final int BACKLOG = 4096;
    private static final int UNSENT_BYTES = 256 * 1024;
    private static final int MAX_REQUEST = 16 * 1024;
    /** The answer to the one key that {@code load.c} sends. */
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    /** Everything below is touched by the one event loop only. */
    private final List<Channel> joined = new ArrayList<>();

    private long offset;

    private BareNettyServer() {}

    /** Serves until stdin ends. */
    public static void main(String[] arguments) throws Exception {
        EpollEventLoopGroup group = new EpollEventLoopGroup(1);
        try {
            new BareNettyServer().serve(group);
        } finally {
            group.shutdownGracefully();
        }
    }

    private void serve(EpollEventLoopGroup group) throws InterruptedException, IOException {
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1, UNSENT_BYTES))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_REQUEST))
                                .addLast(new Upgrade());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        say("{\"event\":\"listening\",\"port\":%d}", ((InetSocketAddress) listening.localAddress()).getPort());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            if (!words[0].equals("send")) {
                return;
            }
            Sending sending = new Sending(
                    group.next().next(),
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]));
            sending.run();
            sending.done.join();
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** Becomes a WebSocket; then nothing of HTTP stays in the pipeline. */
    private final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
            response.headers()
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, ACCEPT);
            context.writeAndFlush(response);
            context.pipeline().addLast(new Join());
            context.pipeline().remove(HttpServerCodec.class);
            context.pipeline().remove(HttpObjectAggregator.class);
            context.pipeline().remove(this);
        }
    }

    /** Whatever the client says first is its connect command. */
    private final class Join extends ChannelInboundHandlerAdapter {

        private boolean isIn;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            if (!isIn) {
                isIn = true;
                joined.add(context.channel());
                ByteBuf frame = context.alloc().buffer();
                writeFrame(
                        frame,
                        "{\"id\":1,\"connect\":{\"client\":\"c\",\"version\":\"0\",\"ping\":25,\"pong\":true,\"subs\":{"
                                + "\"broadcast\":{\"recoverable\":true,\"positioned\":true,\"epoch\":\"b\",\"offset\":"
                                + offset + "}}}}");
                context.writeAndFlush(frame);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            joined.remove(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Broadcasts, batch by batch; the next one when every channel has taken most of the one before. */
    private final class Sending implements Runnable {

        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final EventLoop loop;
        private final int bytes;
        private final int batch;
        private final int count;
        private final long begin = System.nanoTime();
        private final long from = offset + 1;
        private int left;

        Sending(EventLoop loop, int count, int bytes, int batch) {
            this.loop = loop;
            this.count = count;
            this.left = count;
            this.bytes = bytes;
            this.batch = batch;
        }

        @Override
        public void run() {
            if (!loop.inEventLoop() || joined.stream().anyMatch(channel -> !channel.isWritable())) {
                loop.execute(this);
                return;
            }
            if (left == 0) {
                say(
                        "{\"event\":\"sent\",\"from\":%d,\"count\":%d,\"sessions\":%d,\"ns\":%d}",
                        from, count, joined.size(), System.nanoTime() - begin);
                done.complete(null);
                return;
            }
            int now = Math.min(batch, left);
            left -= now;
            ByteBuf frames = frames(now);
            for (Channel channel : joined) {
                channel.writeAndFlush(frames.retainedDuplicate(), channel.voidPromise());
            }
            frames.release();
            loop.execute(this);
        }

        private ByteBuf frames(int now) {
            ByteBuf frames = ByteBufAllocator.DEFAULT.directBuffer();
            for (int i = 0; i < now; i++) {
                writeFrame(
                        frames,
                        "{\"push\":{\"channel\":\"broadcast\",\"pub\":{\"offset\":" + ++offset
                                + ",\"data\":{\"content\":\"" + "x".repeat(bytes - 14) + "\"}}}}");
            }
            return frames;
        }
    }

    private static void writeFrame(ByteBuf into, String payload) {
        into.writeByte(0x81);
        if (payload.length() <= 125) {
            into.writeByte(payload.length());
        } else {
            into.writeByte(126).writeShort(payload.length());
        }
        into.writeCharSequence(payload, StandardCharsets.US_ASCII);
    }
}

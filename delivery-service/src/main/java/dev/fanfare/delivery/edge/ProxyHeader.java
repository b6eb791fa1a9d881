package dev.fanfare.delivery.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetAddress;

/**
 * The PROXY protocol's header, with which a connection begins where a proxy says by it for whom it speaks. Leaves the
 * pipeline with the header; what it said follows as an event. A connection that begins otherwise is closed.
 */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {

    /** Tells the rest of the pipeline who the client is. */
    record Client(InetAddress address) {}

    static void expect(ChannelPipeline pipeline) {
        pipeline.addLast(new HAProxyMessageDecoder()).addLast(new ProxyHeader());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
        // A proxy that looks whether we live, or a client on a Unix socket: there is no address but the proxy's own.
        InetAddress address = header.command() == HAProxyCommand.PROXY && header.sourceAddress() != null
                ? ClientAddress.parse(header.sourceAddress())
                : null;
        if (address != null) {
            context.fireUserEventTriggered(new Client(address));
        }
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}

package dev.fanfare.delivery.edge;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The HTTP part of a connection: one request after the other, until one of them makes it a session's. Holds what only
 * this part needs to know; it leaves the pipeline with it.
 */
final class HttpEntry extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final EdgeConfig config;
    private final HttpRoutes routes;
    private final ClientAddress addresses;
    private final Admission.Place place;
    private Deadline deadline;
    /** Who the PROXY protocol says the client is. */
    private InetAddress proxied;

    private boolean answering;
    private boolean answeredBefore;

    HttpEntry(EdgeConfig config, HttpRoutes routes, ClientAddress addresses, Admission.Place place) {
        this.config = config;
        this.routes = routes;
        this.addresses = addresses;
        this.place = place;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = new Deadline(context.channel());
        deadline.set(config.handshakeTimeout());
    }

    /** The connection's deadline, for who takes the connection over. */
    Deadline deadline() {
        return deadline;
    }

    Admission.Place place() {
        return place;
    }

    InetAddress clientAddress(ChannelHandlerContext context, HttpHeaders headers) {
        InetAddress peer =
                proxied == null ? ((InetSocketAddress) context.channel().remoteAddress()).getAddress() : proxied;
        return addresses.of(peer, headers);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ProxyHeader.Client client) {
            proxied = client.address();
        } else if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (answering) {
            // Answers could come in another order than the requests, and no client or proxy sends requests ahead.
            context.close();
            return;
        }
        answering = true;
        if (answeredBefore) {
            deadline.set(config.handshakeTimeout());
        }
        routes.take(context, this, request);
    }

    /** On the event loop. A client may take as long to read the answer as it may be idle. */
    void answer(ChannelHandlerContext context, FullHttpResponse response, boolean keep) {
        if (!context.channel().isActive()) {
            response.release();
            return;
        }
        deadline.set(config.idleTimeout());
        context.writeAndFlush(response)
                .addListener(keep ? (ChannelFutureListener) this::onAnswered : ChannelFutureListener.CLOSE);
    }

    private void onAnswered(ChannelFuture written) {
        answering = false;
        answeredBefore = true;
        if (written.isSuccess()) {
            deadline.set(config.idleTimeout());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}

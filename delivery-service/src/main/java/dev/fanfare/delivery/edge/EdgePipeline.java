package dev.fanfare.delivery.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;
import java.util.Optional;

/**
 * What a new connection goes through, in this order: the PROXY protocol's header, TLS, HTTP. When it has become a
 * session's, only TLS and what the transport needs are left, so that an idle session costs little memory.
 */
final class EdgePipeline extends ChannelInitializer<Channel> {

    private final EdgeConfig config;
    private final TlsCertificate tls;
    private final HttpRoutes routes;
    private final Admission admission;
    private final ClientAddress addresses;
    private final HttpDecoderConfig http;

    /** @param tls null for plain HTTP */
    EdgePipeline(EdgeConfig config, TlsCertificate tls, HttpRoutes routes, Admission admission) {
        this.config = config;
        this.tls = tls;
        this.routes = routes;
        this.admission = admission;
        this.addresses = new ClientAddress(config.trustedProxies().orElse(List.of()), config.forwardedHeader());
        this.http = new HttpDecoderConfig()
                .setMaxInitialLineLength(config.maxFrameBytes())
                .setMaxHeaderSize(config.maxHeaderBytes());
    }

    Optional<TlsCertificate> tls() {
        return Optional.ofNullable(tls);
    }

    @Override
    protected void initChannel(Channel channel) {
        Admission.Place place = admission.opened(channel);
        if (place == Admission.Place.CLOSE) {
            channel.close();
            return;
        }
        if (channel instanceof EpollSocketChannel socket) {
            socket.config().setTcpNotSentLowAt(config.maxUnsentBytes());
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (config.proxyProtocol()) {
            ProxyHeader.expect(pipeline);
        }
        if (tls != null) {
            pipeline.addLast(tls.newHandler(channel.alloc(), config.handshakeTimeout()));
        }
        pipeline.addLast(new HttpServerCodec(http))
                .addLast(new HttpObjectAggregator(config.maxFrameBytes()))
                .addLast(new HttpEntry(config, routes, addresses, place));
    }
}

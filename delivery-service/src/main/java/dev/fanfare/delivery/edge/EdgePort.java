package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.SessionHost;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Opens a port for clients, on the event loops that Quarkus runs on. What clients get there is the configuration's. */
@ApplicationScoped
public class EdgePort {

    private final VertxInternal vertx;
    private final SessionHost host;
    private final Emulation emulation;
    private final Pull pull;
    private final MeterRegistry metrics;

    public EdgePort(Vertx vertx, SessionHost host, Emulation emulation, Pull pull, MeterRegistry metrics) {
        this.vertx = (VertxInternal) vertx;
        this.host = host;
        this.emulation = emulation;
        this.pull = pull;
        this.metrics = metrics;
    }

    /**
     * What connections will go through.
     *
     * @throws ConfigurationException if the configuration cannot be used, naming the key
     */
    EdgePipeline pipeline(EdgeConfig config) {
        TlsCertificate tls = TlsCertificate.of(config.tls(), vertx).orElse(null);
        Admission admission = new Admission(config, metrics);
        return new EdgePipeline(config, tls, new HttpRoutes(config, host, emulation, pull, admission), admission);
    }

    ChannelFuture open(EdgeConfig config, EdgePipeline pipeline) {
        ChannelFuture bound = new ServerBootstrap()
                .group(vertx.getAcceptorEventLoopGroup(), vertx.getEventLoopGroup())
                .channelFactory(vertx.transport().serverChannelFactory(false))
                .option(ChannelOption.SO_BACKLOG, config.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // So that the end of a connection can be told from its breaking off, and be looked at before it closes.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(pipeline)
                .bind(config.host(), config.port());
        pipeline.tls().ifPresent(tls -> reloadWhileOpen(tls, config.tls().reloadInterval(), bound.channel()));
        return bound;
    }

    private void reloadWhileOpen(TlsCertificate tls, Duration interval, Channel port) {
        long timer = vertx.setPeriodic(
                interval.toMillis(),
                tick -> vertx.executeBlocking((Callable<Void>) () -> {
                    tls.reload();
                    return null;
                }));
        port.closeFuture().addListener(closed -> vertx.cancelTimer(timer));
    }
}

package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.access.UserAccessTable;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.SessionHost;
import dev.fanfare.delivery.session.SessionRegistry;
import dev.fanfare.delivery.window.BroadcastStream;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetSocketAddress;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Listens for app clients, from the moment when the window is full and user access is known: a client that gets through
 * is served completely.
 */
@ApplicationScoped
public class EdgeServer {

    private static final Logger LOGGER = Logger.getLogger(EdgeServer.class);

    private final VertxInternal vertx;
    private final EdgeConfig config;
    private final boolean enabled;
    private final SessionHost host;
    private final Emulation emulation;
    private final SessionRegistry registry;
    private final BroadcastStream stream;
    private final UserAccessTable access;
    private volatile Channel listening;

    public EdgeServer(
            Vertx vertx,
            EdgeConfig config,
            @ConfigProperty(name = "fanfare.roles.edge") boolean enabled,
            SessionHost host,
            Emulation emulation,
            SessionRegistry registry,
            BroadcastStream stream,
            UserAccessTable access) {
        this.vertx = (VertxInternal) vertx;
        this.config = config;
        this.enabled = enabled;
        this.host = host;
        this.emulation = emulation;
        this.registry = registry;
        this.stream = stream;
        this.access = access;
    }

    void onStart(@Observes StartupEvent event) {
        if (enabled) {
            stream.start(registry)
                    .thenCombine(access.start((appKey, userId) -> {}), (window, table) -> null)
                    .whenComplete((ready, e) -> {
                        if (e == null) {
                            listen();
                        }
                    });
        }
    }

    private void listen() {
        new ServerBootstrap()
                .group(vertx.getAcceptorEventLoopGroup(), vertx.getEventLoopGroup())
                .channelFactory(vertx.transport().serverChannelFactory(false))
                .option(ChannelOption.SO_BACKLOG, config.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(
                                        new HttpDecoderConfig().setMaxInitialLineLength(config.maxFrameBytes())))
                                .addLast(new HttpObjectAggregator(config.maxFrameBytes()))
                                .addLast(new HttpEntry(config, host, emulation));
                    }
                })
                .bind(config.host(), config.port())
                .addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        listening = bound.channel();
                        LOGGER.infof(
                                "client edge listens on %s", bound.channel().localAddress());
                    } else {
                        LOGGER.errorf(
                                bound.cause(), "client edge cannot listen on %s:%d", config.host(), config.port());
                    }
                });
    }

    /** Whether clients can connect and will miss nothing. */
    boolean isServing() {
        return !enabled || listening != null && stream.isAlive() && access.isAlive();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listening == null ? null : (InetSocketAddress) listening.localAddress();
    }

    void onStop(@Observes ShutdownEvent event) {
        if (listening != null) {
            listening.close();
            registry.closeAll(CloseCode.SHUTDOWN);
        }
    }
}

package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.access.UserAccessTable;
import dev.fanfare.delivery.app.AppSettingsFollower;
import dev.fanfare.delivery.session.SessionRegistry;
import dev.fanfare.delivery.window.BroadcastStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetSocketAddress;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Listens for app clients, from the moment when the window is full and user access and the settings of apps are known: a
 * client that gets through is served completely.
 */
@ApplicationScoped
public class EdgeServer {

    private static final Logger LOGGER = Logger.getLogger(EdgeServer.class);

    private final EdgePort port;
    private final EdgeConfig config;
    private final boolean enabled;
    private final SessionRegistry registry;
    private final BroadcastStream stream;
    private final UserAccessTable access;
    private final AppSettingsFollower settings;
    private volatile Channel listening;

    public EdgeServer(
            EdgePort port,
            EdgeConfig config,
            @ConfigProperty(name = "fanfare.roles.edge") boolean enabled,
            SessionRegistry registry,
            BroadcastStream stream,
            UserAccessTable access,
            AppSettingsFollower settings) {
        this.port = port;
        this.config = config;
        this.enabled = enabled;
        this.registry = registry;
        this.stream = stream;
        this.access = access;
        this.settings = settings;
    }

    /** A configuration that cannot be used ends the start here, not later on. */
    void onStart(@Observes StartupEvent event) {
        if (enabled) {
            EdgePipeline pipeline = port.pipeline(config);
            stream.start(registry)
                    .thenCombine(access.start(registry), (window, table) -> null)
                    .thenCombine(settings.loaded(), (before, apps) -> null)
                    .whenComplete((ready, e) -> {
                        if (e == null) {
                            listen(pipeline);
                        }
                    });
        }
    }

    private void listen(EdgePipeline pipeline) {
        port.open(config, pipeline).addListener((ChannelFuture bound) -> {
            if (bound.isSuccess()) {
                listening = bound.channel();
                LOGGER.infof("client edge listens on %s", bound.channel().localAddress());
            } else {
                LOGGER.errorf(bound.cause(), "client edge cannot listen on %s:%d", config.host(), config.port());
            }
        });
    }

    /** Whether clients can connect and will miss nothing. */
    boolean isServing() {
        return !enabled || listening != null && stream.isAlive() && access.isAlive() && settings.isAlive();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listening == null ? null : (InetSocketAddress) listening.localAddress();
    }

    /** Takes no new connection from now on. */
    public void stopListening() {
        Channel open = listening;
        if (open != null) {
            open.close();
        }
    }
}

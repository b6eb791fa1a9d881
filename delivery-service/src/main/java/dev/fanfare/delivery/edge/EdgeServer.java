package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.access.UserAccessTable;
import dev.fanfare.delivery.app.AppSettingsFollower;
import dev.fanfare.delivery.session.SessionRegistry;
import dev.fanfare.delivery.window.BroadcastStream;
import dev.fanfare.runtime.log.RareWarning;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Listens for app clients, from the moment when the window is full and user access and the settings of apps are known: a
 * client that gets through is served completely.
 */
@ApplicationScoped
public class EdgeServer {

    private static final Logger LOGGER = Logger.getLogger(EdgeServer.class);
    private static final long AGAIN_MILLIS = 500;

    private final EdgePort port;
    private final EdgeConfig config;
    private final boolean enabled;
    private final SessionRegistry registry;
    private final BroadcastStream stream;
    private final UserAccessTable access;
    private final AppSettingsFollower settings;
    private final RareWarning occupied;
    private volatile Channel listening;
    private volatile boolean stopping;

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
        this.occupied = new RareWarning(
                LOGGER, "client edge cannot listen on " + config.host() + ":" + config.port() + ", trying again");
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

    /** Until it succeeds: the port may still be that of a process that ends, or of somebody's outgoing connection. */
    private void listen(EdgePipeline pipeline) {
        if (stopping) {
            return;
        }
        port.open(config, pipeline).addListener((ChannelFuture bound) -> {
            if (bound.isSuccess()) {
                listening = bound.channel();
                LOGGER.infof("client edge listens on %s", bound.channel().localAddress());
            } else {
                occupied.say(bound.cause());
                bound.channel().eventLoop().schedule(() -> listen(pipeline), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
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
        stopping = true;
        Channel open = listening;
        if (open != null) {
            open.close();
        }
    }
}

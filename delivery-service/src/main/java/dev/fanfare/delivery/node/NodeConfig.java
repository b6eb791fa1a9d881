package dev.fanfare.delivery.node;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a node shows that it is alive: {@code fanfare.node.*}. */
@ConfigMapping(prefix = "fanfare.node")
public interface NodeConfig {

    /** How long a node counts as alive after it last said so. Several heartbeats long. */
    @WithDefault("15s")
    Duration ttl();

    /** How often a node says that it is alive, and looks whether Redis lost its data. At least 1 s. */
    @WithDefault("2s")
    Duration heartbeat();

    /**
     * Where other nodes reach this node's internal HTTP, to pass on commands of clients on one-way connections. On
     * Kubernetes {@code http://<pod ip>:8084}.
     */
    @WithDefault("http://${fanfare.node.host:localhost}:${quarkus.http.port:8084}")
    String advertisedUrl();
}

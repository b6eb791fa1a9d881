package dev.fanfare.delivery.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.edge.*}. */
@ConfigMapping(prefix = "fanfare.edge")
public interface EdgeConfig {

    /** Address to listen on. */
    @WithDefault("0.0.0.0")
    String host();

    /** Port to listen on; 0 for any free one. */
    @WithDefault("8090")
    int port();

    /** How long a connection may take from its opening to its connect command (3502). */
    @WithDefault("15s")
    Duration handshakeTimeout();

    /** The largest frame that a client may send, bytes (close code 1009). */
    @WithDefault("65536")
    int maxFrameBytes();

    /** Connections waiting to be accepted. */
    @WithDefault("4096")
    int backlog();
}

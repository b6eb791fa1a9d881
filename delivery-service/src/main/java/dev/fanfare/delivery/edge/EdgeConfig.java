package dev.fanfare.delivery.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

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

    /** The largest frame, request line or body that a client may send, bytes (close code 1009, HTTP 413 or 414). */
    @WithDefault("65536")
    int maxFrameBytes();

    /** Web pages that may connect, as origins ({@code https://app.example}); {@code *} for all. */
    @WithDefault("*")
    Set<String> allowedOrigins();

    /** Connections waiting to be accepted. */
    @WithDefault("4096")
    int backlog();
}

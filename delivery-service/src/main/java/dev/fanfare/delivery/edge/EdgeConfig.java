package dev.fanfare.delivery.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /**
     * How long a connection may take from its opening to its connect command (3502), or to the end of its first request;
     * TLS and the proxy's header included.
     */
    @WithDefault("15s")
    Duration handshakeTimeout();

    /** How long a connection that had its request answered may wait for the next one, and take to read the answer. */
    @WithDefault("60s")
    Duration idleTimeout();

    /** The largest frame, request line or body that a client may send, bytes (close code 1009, HTTP 413 or 414). */
    @WithDefault("65536")
    int maxFrameBytes();

    /** The largest sum of a request's headers, bytes (HTTP 431). */
    @WithDefault("16384")
    int maxHeaderBytes();

    /** Web pages that may connect, as origins ({@code https://app.example}); {@code *} for all. */
    @WithDefault("*")
    Set<String> allowedOrigins();

    /** Connections waiting to be accepted. */
    @WithDefault("4096")
    int backlog();

    /** Connections that this node serves at the same time, beyond which it answers 503; 0 for any number. */
    @WithDefault("0")
    int maxConnections();

    /**
     * Sessions and pulls that one address may open in a second, beyond which it gets 429; may be a fraction; 0 for any
     * number. An IPv6 address counts by its /64.
     */
    @WithDefault("0")
    double maxConnectionsPerSecondPerAddress();

    /** How many sessions and pulls an address may open at once after a rest. */
    @WithDefault("20")
    int connectionBurstPerAddress();

    /**
     * How much the system may hold of what a connection was told and could not send yet, bytes: thousands of clients that do
     * not read would take all the memory that it has for TCP. 0: as much as the system likes. Linux only.
     */
    @WithDefault("65536")
    long maxUnsentBytes();

    /** Whether each connection begins with a PROXY protocol header, version 1 or 2; one without it is closed. */
    @WithDefault("false")
    boolean proxyProtocol();

    /** Proxies whose word on the client's address is taken, as addresses or CIDRs. */
    Optional<List<String>> trustedProxies();

    /** The header in which those proxies name the client. */
    @WithDefault("x-forwarded-for")
    ForwardedHeader forwardedHeader();

    /** {@code fanfare.edge.tls.*}. */
    Tls tls();

    /** TLS on the client port; without it the port speaks plain HTTP. */
    interface Tls {

        /** PEM file of the certificate and those between it and its authority. */
        Optional<Path> certificate();

        /** PEM file of its private key, unencrypted. */
        Optional<Path> key();

        /** How often the files are looked at; new connections get what they hold. */
        @WithDefault("1m")
        Duration reloadInterval();
    }
}

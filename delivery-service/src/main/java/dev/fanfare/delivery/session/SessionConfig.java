package dev.fanfare.delivery.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.session.*}. */
@ConfigMapping(prefix = "fanfare.session")
public interface SessionConfig {

    /** How often a session is pinged. */
    @WithDefault("25s")
    Duration pingInterval();

    /** How long the answer to a ping may take; shorter than the interval. */
    @WithDefault("10s")
    Duration pongTimeout();

    /**
     * How long a client may take to confirm a message of its inbox; then its connection counts as dead, and its device
     * gets a push; for apps that have set no time of their own. Whole seconds.
     */
    @WithDefault("8s")
    Duration confirmTimeout();

    /** How long after its token expired a session may stay without a newer one. */
    @WithDefault("25s")
    Duration expiryGrace();

    /** How long the connect reply waits for presence. */
    @WithDefault("2s")
    Duration presenceTimeout();

    /** Unread bytes of personal messages and replies at which a slow reader is cut (3008). */
    @WithDefault("1048576")
    long maxPendingBytes();

    /**
     * How long a client that has broadcasts waiting may take nothing before it is cut (3008). They wait in the window, not
     * in memory of the session, and it recovers from there.
     */
    @WithDefault("5s")
    Duration slowTimeout();

    /**
     * Bytes of missed messages in a connect reply, one half for broadcasts and one for the inbox; more follow as live
     * publications. A reply is memory of its session until the client has taken it: so much for each of those who come back
     * at once.
     */
    @WithDefault("32768")
    int maxReplyBytes();

    /** How many sessions a user may have on all nodes; the oldest are ended (4501). 0: any number. */
    @WithDefault("0")
    int maxPerUser();

    /** How many sessions a device may have that names itself ({@code deviceId}); the oldest are ended (4501). 0: any number. */
    @WithDefault("1")
    int maxPerDevice();
}

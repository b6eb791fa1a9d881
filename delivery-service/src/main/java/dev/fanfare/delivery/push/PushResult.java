package dev.fanfare.delivery.push;

import java.time.Duration;
import java.time.Instant;

/** What a provider makes of a push notification. */
public sealed interface PushResult {

    /**
     * It has taken it.
     *
     * @param providerId the id under which the provider knows it; null if it gives none
     */
    record Accepted(String providerId) implements PushResult {}

    /**
     * It will never take it.
     *
     * @param reason the provider's word, without content or tokens
     * @param tokenInvalidAt since when the device's token is no more valid; null if that is not the reason. A provider
     *     that does not say since when: the moment of its answer
     */
    record Rejected(String reason, Instant tokenInvalidAt) implements PushResult {}

    /**
     * It cannot take it now.
     *
     * @param reason the provider's word, or the network's
     * @param retryAfter how long it asks to be left alone; null if it does not say
     * @param scope whether other pushes with the same credential would meet the same
     */
    record Unavailable(String reason, Duration retryAfter, Scope scope) implements PushResult {}

    /** What an {@link Unavailable} is about. */
    enum Scope {
        /** This device or message only: too many for one device, for instance. */
        PUSH,
        /** All that is sent with this credential: too many requests, a server error, an access token that is refused. */
        CREDENTIAL
    }
}

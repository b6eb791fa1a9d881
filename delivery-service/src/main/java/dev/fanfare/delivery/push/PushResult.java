package dev.fanfare.delivery.push;

import java.time.Duration;
import java.time.Instant;

/** What a provider makes of a push notification. */
public sealed interface PushResult {

    /** It has taken it. */
    record Accepted() implements PushResult {}

    /**
     * It will never take it.
     *
     * @param reason the provider's word, without content or tokens
     * @param tokenInvalidAt since when the device's token is no more valid; null if that is not the reason
     */
    record Rejected(String reason, Instant tokenInvalidAt) implements PushResult {}

    /** It cannot take it now. */
    record Unavailable(Duration retryAfter) implements PushResult {}
}

package dev.fanfare.delivery.push.dead;

import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.push.sent.PushKey;
import java.time.Instant;

/**
 * A push that was given up.
 *
 * @param provider that would not have it; empty if that is not known any more
 * @param reason the provider's word, or the network's
 * @param attempts how often it was tried, or should have been while the provider was down
 * @param job for this device alone
 */
public record DeadLetter(
        PushKey key, String provider, Cause cause, String reason, int attempts, Instant diedAt, PushJob job) {

    /** A provider that gives no reason holds up nothing. PostgreSQL has no texts with NUL. */
    public DeadLetter {
        reason = reason == null ? "" : reason.replace("\0", "");
    }

    /** Why it was given up. */
    public enum Cause {
        /** Its time was over before the provider took it. */
        EXPIRED,
        /** The provider refused it for good. */
        REJECTED
    }
}

package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.quota.QuotaUsage;
import java.time.Duration;

/**
 * An answer with what goes into its headers.
 *
 * @param usage what the call did to the quota; null: refused before that
 * @param retryAfter when to try again; null: no advice
 * @param replayed the answer of an earlier call with the same idempotency key
 */
record Reply(Answer answer, QuotaUsage usage, Duration retryAfter, boolean replayed) {

    static final int OK = 200;

    static Reply of(Answer answer) {
        return new Reply(answer, null, null, false);
    }

    static Reply of(Answer answer, QuotaUsage usage) {
        return new Reply(answer, usage, null, false);
    }

    static Reply overQuota(QuotaUsage usage, int cost) {
        String text = cost == 1
                ? RongCloudError.QUOTA.text()
                : RongCloudError.QUOTA.text() + " The call counts " + cost + ", the limit is " + usage.limit() + ".";
        return new Reply(Answer.refused(RongCloudError.QUOTA, text), usage, usage.resetIn(), false);
    }
}

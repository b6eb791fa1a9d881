/**
 * Online or push: reads {@code fanfare.delivery.direct.v1}, asks presence about all users of a batch at once, and writes
 * what follows for each: the message to the mailboxes of the nodes that hold sessions of the user, or a push job, or an
 * outcome that says why neither.
 *
 * <p>Guarantees. At least once, in the order of each app and user. A user counts as online if any live node claims a
 * session. One record per user and message carries the policy, hence the duty to fall back to a push; the copies for the
 * user's other mailboxes are {@code ONLINE_ONLY}. So a message is pushed at most once, and only after the record with the
 * duty found no live session anywhere. While Redis is away, or has lost its data a moment ago, personal messages wait;
 * broadcasts do not pass here.
 */
package dev.fanfare.delivery.dispatch;

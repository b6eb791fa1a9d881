package dev.fanfare.runtime.trace;

import io.opentelemetry.api.common.AttributeKey;

/**
 * What Fanfare's spans say of themselves. Ids, counts and words of bounded sets: never content, tokens, signatures or
 * users. The names stand in docs/operate/tracing.md.
 */
public final class SpanAttributes {

    public static final AttributeKey<String> APP_KEY = AttributeKey.stringKey("fanfare.app_key");

    /** Of the message; of a command with several, the first one. */
    public static final AttributeKey<String> MESSAGE_UID = AttributeKey.stringKey("fanfare.message_uid");

    /** What kind of message it is: a command's topic, a delivery's policy, for whom a broadcast is. */
    public static final AttributeKey<String> KIND = AttributeKey.stringKey("fanfare.kind");

    /** What became of it; for a push as in {@code fanfare_push_total}. */
    public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("fanfare.outcome");

    /** The vendor's code of an answer. */
    public static final AttributeKey<Long> CODE = AttributeKey.longKey("fanfare.code");

    /** How many users it is for. */
    public static final AttributeKey<Long> USERS = AttributeKey.longKey("fanfare.users");

    /** To how many sessions of this node it was written. */
    public static final AttributeKey<Long> SESSIONS = AttributeKey.longKey("fanfare.sessions");

    /** How many of its users have a session here that it was written to. */
    public static final AttributeKey<Long> REACHED = AttributeKey.longKey("fanfare.users.reached");

    /** How many devices confirmed it. */
    public static final AttributeKey<Long> CONFIRMED = AttributeKey.longKey("fanfare.confirmed");

    /** How many records were made of it. */
    public static final AttributeKey<Long> RECORDS = AttributeKey.longKey("fanfare.records");

    /** How long its record had been with the brokers when it was worked on, ms, by two clocks. */
    public static final AttributeKey<Long> RECORD_AGE = AttributeKey.longKey("fanfare.record.age_ms");

    /** Which push provider. */
    public static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("fanfare.push.provider");

    /** How often a push could not be done before. */
    public static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("fanfare.push.attempts");

    private SpanAttributes() {}
}

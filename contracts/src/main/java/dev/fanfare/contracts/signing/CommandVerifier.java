package dev.fanfare.contracts.signing;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Decides whether a command may be acted upon: signed by a known producer that may write to this topic for this app, and
 * fresh when the broker took it. Freshness compares {@code ce_time} with the broker's own time stamp, so a command that
 * waited for a service to come back is still good, and an old one that somebody replays is not. Pure; thread-safe.
 */
public final class CommandVerifier {

    /** How far {@code ce_time} and the broker's clock may be apart. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Map<String, ProducerKey> keys;

    public CommandVerifier(Collection<ProducerKey> keys) {
        this.keys = keys.stream().collect(Collectors.toUnmodifiableMap(ProducerKey::id, Function.identity()));
    }

    public Verdict verify(Topic topic, ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.key().isEmpty()) {
            return new Verdict.Refused(Refusal.NO_APP_KEY, "the record key must be the app key");
        }
        if (record.value() == null) {
            return new Verdict.Refused(Refusal.MALFORMED, "the record has no value");
        }
        for (String name : new String[] {
            CommandHeaders.ID, CommandHeaders.TYPE, CommandHeaders.TIME, CommandHeaders.KEY_ID, CommandHeaders.SIGNATURE
        }) {
            if (header(record, name) == null) {
                return new Verdict.Refused(Refusal.UNSIGNED, "header " + name + " is missing");
            }
        }
        if (hasLineBreak(record)) {
            return new Verdict.Refused(Refusal.MALFORMED, "a line break in a signed header or in the key");
        }
        ProducerKey key = keys.get(header(record, CommandHeaders.KEY_ID));
        if (key == null) {
            return new Verdict.Refused(Refusal.UNKNOWN_KEY, "no producer has this " + CommandHeaders.KEY_ID);
        }
        if (!isSignedBy(key, topic, record)) {
            return new Verdict.Refused(
                    Refusal.BAD_SIGNATURE, "the signature does not match topic, headers, key and value");
        }
        return verifySigned(key, topic, record);
    }

    /** A line break would let a signed text be read as other fields than those that were signed. */
    private static boolean hasLineBreak(ConsumerRecord<String, byte[]> record) {
        return Stream.of(
                        record.key(),
                        header(record, CommandHeaders.ID),
                        header(record, CommandHeaders.TYPE),
                        header(record, CommandHeaders.TIME))
                .anyMatch(field -> field.indexOf('\n') >= 0);
    }

    private static Verdict verifySigned(ProducerKey key, Topic topic, ConsumerRecord<String, byte[]> record) {
        if (!key.mayWrite(topic, record.key())) {
            return new Verdict.Refused(
                    Refusal.NOT_PERMITTED, "producer " + key.id() + " may not write to this topic for this app");
        }
        if (!topic.eventType().equals(header(record, CommandHeaders.TYPE))) {
            return new Verdict.Refused(
                    Refusal.MALFORMED, CommandHeaders.TYPE + " must be " + topic.eventType() + " on this topic");
        }
        Instant time;
        try {
            time = Instant.parse(header(record, CommandHeaders.TIME));
        } catch (DateTimeParseException e) {
            return new Verdict.Refused(Refusal.MALFORMED, CommandHeaders.TIME + " must be RFC 3339 in UTC");
        }
        Duration apart =
                Duration.between(time, Instant.ofEpochMilli(record.timestamp())).abs();
        if (apart.compareTo(TOLERANCE) > 0) {
            return new Verdict.Refused(
                    Refusal.STALE,
                    CommandHeaders.TIME + " is more than " + TOLERANCE.toMinutes() + " min from the broker's time");
        }
        return new Verdict.Verified(record.key(), header(record, CommandHeaders.ID), time, record.value());
    }

    private static boolean isSignedBy(ProducerKey key, Topic topic, ConsumerRecord<String, byte[]> record) {
        var canonical = new CanonicalCommand(
                topic.topicName(),
                header(record, CommandHeaders.ID),
                header(record, CommandHeaders.TYPE),
                header(record, CommandHeaders.TIME),
                record.key(),
                record.value());
        String presented = header(record, CommandHeaders.SIGNATURE);
        // Every secret is tried whatever the first says; Secret compares in constant time.
        return key.secrets().stream()
                        .map(secret -> Secret.of(canonical.sign(secret)))
                        .filter(expected -> expected.matches(presented))
                        .count()
                > 0;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Why a command is refused; a label of a metric and a header of the rejected record. */
    public enum Refusal {
        NO_APP_KEY,
        UNSIGNED,
        UNKNOWN_KEY,
        BAD_SIGNATURE,
        NOT_PERMITTED,
        STALE,
        MALFORMED,
        INVALID
    }

    /** The verifier's answer. */
    public sealed interface Verdict {

        /** @param time when the command was given, {@code ce_time} */
        record Verified(String appKey, String id, Instant time, byte[] value) implements Verdict {}

        /** @param text what is wrong, without any of the content */
        record Refused(Refusal reason, String text) implements Verdict {}
    }
}

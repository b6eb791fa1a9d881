package dev.fanfare.testkit.command;

import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.signing.CommandSigner;
import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** All the ways in which a command can be unacceptable, made from a good one. */
final class BadCommands {

    private static final int OVERSIZE = 1_200_000;

    private final Topic topic;
    private final String app;
    private final Instant now = Instant.now();
    private final List<BadCommand> all = new ArrayList<>();

    private BadCommands(Topic topic, String app) {
        this.topic = topic;
        this.app = app;
    }

    /** A record that must be put aside, and why. */
    record BadCommand(String name, Refusal reason, ProducerRecord<String, byte[]> record) {}

    /** @param invalid well-formed, and against a rule of the command */
    static List<BadCommand> of(Topic topic, String app, String good, String invalid) {
        BadCommands bad = new BadCommands(topic, app);
        bad.addBadlySigned(bytes(good));
        bad.addNotAllowed(bytes(good));
        bad.addUnreadable(good, invalid);
        return bad.all;
    }

    private void addBadlySigned(byte[] good) {
        CommandSigner gateway = TestProducers.gateway();
        add("no signature", Refusal.UNSIGNED, new ProducerRecord<>(topic.topicName(), app, good));
        add("guessed secret", Refusal.BAD_SIGNATURE, TestProducers.impostor().sign(topic, app, "1", now, good));
        Headers signed = gateway.sign(topic, app, "2", now, good).headers();
        add("changed value", Refusal.BAD_SIGNATURE, with(signed, app, bytes(text(good) + " ")));
        add("changed app", Refusal.BAD_SIGNATURE, with(signed, app + "-other", good));
        add("no app", Refusal.NO_APP_KEY, with(signed, null, good));
        Headers other = gateway.sign(topic.rejected(), app, "3", now, good).headers();
        add("signed for another topic", Refusal.BAD_SIGNATURE, with(other, app, good));
        Headers old = gateway.sign(topic, app, "4", now.minus(Duration.ofHours(1)), good)
                .headers();
        old.remove(CommandHeaders.TIME).add(CommandHeaders.TIME, bytes(now.toString()));
        add("changed time", Refusal.BAD_SIGNATURE, with(old, app, good));
        add("stranger", Refusal.UNKNOWN_KEY, TestProducers.stranger().sign(topic, app, "5", now, good));
    }

    private void addNotAllowed(byte[] good) {
        CommandSigner gateway = TestProducers.gateway();
        Instant anHourAgo = now.minus(Duration.ofHours(1));
        Instant tomorrow = now.plus(Duration.ofDays(1));
        add("other app", Refusal.NOT_PERMITTED, TestProducers.guest().sign(topic, app, "6", now, good));
        add("replayed", Refusal.STALE, gateway.sign(topic, app, "7", anHourAgo, good));
        add("of tomorrow", Refusal.STALE, gateway.sign(topic, app, "8", tomorrow, good));
    }

    private void addUnreadable(String good, String invalid) {
        String oversized = good.replaceFirst("\\{", "{" + " ".repeat(OVERSIZE));
        Headers signed =
                TestProducers.gateway().sign(topic, app, "9", now, bytes(good)).headers();
        add("no value", Refusal.MALFORMED, with(signed, app, null));
        add("cut off", Refusal.MALFORMED, signed(good.substring(0, good.length() - 1)));
        add("no object", Refusal.MALFORMED, signed("[]"));
        add("JSON null", Refusal.MALFORMED, signed("null"));
        add("no fields", Refusal.INVALID, signed("{}"));
        add("against a rule", Refusal.INVALID, signed(invalid));
        add("oversized", Refusal.INVALID, signed(oversized));
        ProducerRecord<String, byte[]> nul = TestProducers.gateway().sign(topic, app + "\0", "11", now, bytes(good));
        add("app that no database takes", Refusal.INVALID, nul);
    }

    private ProducerRecord<String, byte[]> signed(String json) {
        return TestProducers.gateway().sign(topic, app, "10", now, bytes(json));
    }

    private ProducerRecord<String, byte[]> with(Headers headers, String key, byte[] value) {
        return new ProducerRecord<>(topic.topicName(), null, key, value, headers);
    }

    private void add(String name, Refusal reason, ProducerRecord<String, byte[]> record) {
        record.headers().add(CommandHeaders.TRACEPARENT, bytes(app + "/" + name));
        all.add(new BadCommand(app + "/" + name, reason, record));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

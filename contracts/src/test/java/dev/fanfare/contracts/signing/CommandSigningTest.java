package dev.fanfare.contracts.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import dev.fanfare.contracts.signing.CommandVerifier.Verdict;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSigningTest {

    private static final Topic TOPIC = Topic.BROADCAST_COMMAND;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final byte[] VALUE =
            "{\"fromUserId\":\"system\",\"objectName\":\"RC:TxtMsg\",\"content\":\"{\\\"content\\\":\\\"hi\\\"}\"}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final ProducerKey ERP = key("erp", "erp-secret");

    private final CommandVerifier verifier = new CommandVerifier(List.of(ERP, key("crm", "crm-secret")));

    @ParameterizedTest
    @EnumSource(names = ".*_COMMAND", mode = EnumSource.Mode.MATCH_ALL)
    void aSignedCommandIsVerified(Topic topic) {
        // Given
        Written written = new Written(new CommandSigner(ERP, "/erp").sign(topic, "app", "order-4711", NOW, VALUE));

        // When
        Verdict verdict = verifier.verify(topic, written.at(NOW));

        // Then
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Verified.class, verified -> {
            assertThat(verified.appKey()).isEqualTo("app");
            assertThat(verified.id()).isEqualTo("order-4711");
            assertThat(verified.time()).isEqualTo(NOW);
            assertThat(verified.value()).isEqualTo(VALUE);
        });
    }

    @Test
    void theRecordIsACloudEvent() {
        // When
        Written written = written();

        // Then
        assertThat(written.header("ce_specversion")).isEqualTo("1.0");
        assertThat(written.header("ce_id")).isEqualTo("order-4711");
        assertThat(written.header("ce_type")).isEqualTo("dev.fanfare.broadcast.command.v1");
        assertThat(written.header("ce_source")).isEqualTo("/erp");
        assertThat(written.header("ce_time")).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(written.header("content-type")).isEqualTo("application/json");
        assertThat(written.header("fanfare-key-id")).isEqualTo("erp");
        assertThat(written.key()).isEqualTo("app");
    }

    /** For programs in other languages to check themselves; the same figures stand in docs/kafka.md. */
    @Test
    void theSignatureVectorHolds() {
        // Given
        CommandSigner signer = new CommandSigner(key("demo-producer", "a-secret-for-the-test-vector"), "/example");

        // When
        Written written = new Written(signer.sign(TOPIC, "demo-app-key", "order-4711", NOW, VALUE));

        // Then
        assertThat(new CanonicalCommand(
                                TOPIC.topicName(),
                                "order-4711",
                                TOPIC.eventType(),
                                NOW.toString(),
                                "demo-app-key",
                                VALUE)
                        .text())
                .isEqualTo(
                        """
                        fanfare-v1
                        fanfare.broadcast.command.v1
                        order-4711
                        dev.fanfare.broadcast.command.v1
                        2026-01-02T03:04:05.678Z
                        demo-app-key
                        606a22bb60f3b1eabdf3c9a5d6d5c2db092f40088df6a12508e517e70fa74d86""");
        assertThat(written.header("fanfare-signature"))
                .isEqualTo("39e604b86e0615048d924c1d174f37b8a26e5fed3508d6b61f68f013c9682c05");
    }

    @Test
    void timesAreCutToTheMillisecondSoThatEveryLanguageCanWriteThem() {
        // Given
        Instant nanos = NOW.plusNanos(123_456);

        // When
        Written written = new Written(new CommandSigner(ERP, "/erp").sign(TOPIC, "app", "id", nanos, VALUE));

        // Then
        assertThat(written.header("ce_time")).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(verifier.verify(TOPIC, written.at(NOW))).isInstanceOf(Verdict.Verified.class);
    }

    static Stream<UnaryOperator<Written>> tampered() {
        byte[] otherValue = Arrays.copyOf(VALUE, VALUE.length);
        otherValue[VALUE.length - 4] ^= 1;
        return Stream.of(
                written -> written.with("ce_id", "order-4712"),
                written -> written.with("ce_type", "dev.fanfare.template.command.v1"),
                written -> written.with("ce_time", "2026-01-02T03:04:05.679Z"),
                written -> written.with("fanfare-key-id", "crm"),
                written -> written.with(
                        "fanfare-signature", written.header("fanfare-signature").replaceFirst(".$", "x")),
                written -> written.with("fanfare-signature", ""),
                written -> written.withKey("other-app"),
                written -> written.withValue(otherValue),
                written -> written.withValue(new byte[0]));
    }

    @ParameterizedTest
    @MethodSource
    void tampered(UnaryOperator<Written> change) {
        // Given
        Written changed = change.apply(written());

        // When
        Verdict verdict = verifier.verify(TOPIC, changed.at(NOW));

        // Then
        assertRefused(verdict, Refusal.BAD_SIGNATURE);
    }

    @Test
    void aCommandThatIsMovedToAnotherTopicIsRefused() {
        assertRefused(verifier.verify(Topic.TEMPLATE_COMMAND, written().at(NOW)), Refusal.BAD_SIGNATURE);
    }

    /** What the signature does not cover may change: tracing is added on the way. */
    @Test
    void otherHeadersMayBeAdded() {
        // Given
        Written traced = written().with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        // When
        Verdict verdict = verifier.verify(TOPIC, traced.at(NOW));

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_type", "ce_time", "fanfare-key-id", "fanfare-signature"})
    void aCommandWithoutASignedHeaderIsUnsigned(String header) {
        assertRefused(verifier.verify(TOPIC, written().without(header).at(NOW)), Refusal.UNSIGNED);
        assertRefused(verifier.verify(TOPIC, written().with(header, null).at(NOW)), Refusal.UNSIGNED);
    }

    @Test
    void aKeyThatNobodyHasIsRefused() {
        assertRefused(
                verifier.verify(
                        TOPIC, written().with("fanfare-key-id", "nobody").at(NOW)),
                Refusal.UNKNOWN_KEY);
    }

    @Test
    void aRecordWithoutAppOrValueIsRefused() {
        assertRefused(verifier.verify(TOPIC, written().withKey(null).at(NOW)), Refusal.NO_APP_KEY);
        assertRefused(verifier.verify(TOPIC, written().withKey("").at(NOW)), Refusal.NO_APP_KEY);
        assertRefused(verifier.verify(TOPIC, written().withValue(null).at(NOW)), Refusal.MALFORMED);
    }

    @Test
    void aProducerSpeaksOnlyForItsAppsAndOnItsTopics() {
        // Given
        ProducerKey narrow = new ProducerKey(
                "narrow", List.of(Secret.of("narrow-secret")), Set.of("its-app"), Set.of(Topic.TEMPLATE_COMMAND));
        CommandVerifier strict = new CommandVerifier(List.of(narrow));
        CommandSigner signer = new CommandSigner(narrow, "/narrow");

        // When
        Verdict itsOwn = strict.verify(
                Topic.TEMPLATE_COMMAND,
                new Written(signer.sign(Topic.TEMPLATE_COMMAND, "its-app", "1", NOW, VALUE)).at(NOW));
        Verdict otherApp = strict.verify(
                Topic.TEMPLATE_COMMAND,
                new Written(signer.sign(Topic.TEMPLATE_COMMAND, "other-app", "1", NOW, VALUE)).at(NOW));
        Verdict otherTopic = strict.verify(TOPIC, new Written(signer.sign(TOPIC, "its-app", "1", NOW, VALUE)).at(NOW));

        // Then
        assertThat(itsOwn).isInstanceOf(Verdict.Verified.class);
        assertRefused(otherApp, Refusal.NOT_PERMITTED);
        assertRefused(otherTopic, Refusal.NOT_PERMITTED);
    }

    @Test
    void freshnessIsJudgedByTheBrokersClockBothWays() {
        // Given
        Duration tolerance = CommandVerifier.TOLERANCE;

        // When, Then
        assertThat(verifier.verify(TOPIC, written().at(NOW.plus(tolerance)))).isInstanceOf(Verdict.Verified.class);
        assertThat(verifier.verify(TOPIC, written().at(NOW.minus(tolerance)))).isInstanceOf(Verdict.Verified.class);
        assertRefused(verifier.verify(TOPIC, written().at(NOW.plus(tolerance).plusMillis(1))), Refusal.STALE);
        assertRefused(verifier.verify(TOPIC, written().at(NOW.minus(tolerance).minusMillis(1))), Refusal.STALE);
    }

    @Test
    void aSignedTimeThatIsNoTimeIsMalformed() {
        assertRefused(
                verifier.verify(
                        TOPIC, signedByHand("id", TOPIC.eventType(), "today").at(NOW)),
                Refusal.MALFORMED);
    }

    @Test
    void aSignedTypeOfAnotherTopicIsMalformed() {
        assertRefused(
                verifier.verify(
                        TOPIC,
                        signedByHand("id", "com.example.other", NOW.toString()).at(NOW)),
                Refusal.MALFORMED);
    }

    /** Else the lines of one signed text could be read as other fields. */
    @Test
    void aLineBreakInASignedFieldIsMalformed() {
        assertRefused(
                verifier.verify(
                        TOPIC,
                        signedByHand("id\nmore", TOPIC.eventType(), NOW.toString())
                                .at(NOW)),
                Refusal.MALFORMED);
        assertRefused(verifier.verify(TOPIC, written().withKey("app\nmore").at(NOW)), Refusal.MALFORMED);
    }

    @Test
    void bothSecretsAreGoodWhileASecretIsChanged() {
        // Given
        CommandSigner before = new CommandSigner(key("erp", "first"), "/erp");
        CommandSigner after = new CommandSigner(key("erp", "second"), "/erp");
        CommandVerifier changing = new CommandVerifier(List.of(key("erp", "second", "first")));
        CommandVerifier changed = new CommandVerifier(List.of(key("erp", "second")));
        Written old = new Written(before.sign(TOPIC, "app", "1", NOW, VALUE));
        Written young = new Written(after.sign(TOPIC, "app", "2", NOW, VALUE));

        // When, Then
        assertThat(changing.verify(TOPIC, old.at(NOW))).isInstanceOf(Verdict.Verified.class);
        assertThat(changing.verify(TOPIC, young.at(NOW))).isInstanceOf(Verdict.Verified.class);
        assertRefused(changed.verify(TOPIC, old.at(NOW)), Refusal.BAD_SIGNATURE);
        assertThat(changed.verify(TOPIC, young.at(NOW))).isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void aProducerWithoutASecretIsRefusedAtTheStart() {
        assertThatThrownBy(() -> key("erp")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key("erp", " ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Written written() {
        return new Written(new CommandSigner(ERP, "/erp").sign(TOPIC, "app", "order-4711", NOW, VALUE));
    }

    /** A producer that signs whatever it likes. */
    private static Written signedByHand(String id, String type, String time) {
        String signature =
                new CanonicalCommand(TOPIC.topicName(), id, type, time, "app", VALUE).sign(Secret.of("erp-secret"));
        return written()
                .with("ce_id", id)
                .with("ce_type", type)
                .with("ce_time", time)
                .with("fanfare-signature", signature);
    }

    private static void assertRefused(Verdict verdict, Refusal reason) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.text()).isNotBlank();
        });
    }

    private static ProducerKey key(String id, String... secrets) {
        return new ProducerKey(
                id, Arrays.stream(secrets).map(Secret::of).toList(), Set.of(ProducerKey.ALL_APPS), Topic.COMMANDS);
    }
}

package dev.fanfare.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.command.BadCommands.BadCommand;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every service that reads commands owes their writers, whatever it makes of them. Its test extends this, says what
 * a command of the service looks like, and has {@link TestProducers} as a test resource.
 */
public abstract class CommandServiceContract {

    private TestKafka kafka;

    /** Where the service reads. */
    protected abstract Topic commands();

    /** Where it writes. */
    protected abstract Topic output();

    /** A valid command that makes one record, in an app that {@link #newApp()} gave. */
    protected abstract String goodCommand();

    /** Well-formed, and against a rule. */
    protected abstract String invalidCommand();

    @BeforeEach
    void open() {
        kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    /** An app that no other test uses. */
    protected String newApp() {
        return "app-" + UUID.randomUUID();
    }

    protected final TestKafka kafka() {
        return kafka;
    }

    /** Sends a command as the gateway would. */
    protected final void send(String app, String id, String json) throws Exception {
        kafka.send(signed(app, id, json));
    }

    private ProducerRecord<String, byte[]> signed(String app, String id, String json) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        return TestProducers.gateway().sign(commands(), app, id, Instant.now(), value);
    }

    /** What the service has written for an app, once there are {@code count} records. */
    protected final List<ConsumerRecord<String, byte[]>> awaitOutput(String app, int count) {
        return kafka.await(output(), count, record -> record.key().startsWith(app));
    }

    @Test
    void putsUnacceptableCommandsAsideAndGoesOn() throws Exception {
        // Given
        String app = newApp();
        List<BadCommand> bad = BadCommands.of(commands(), app, goodCommand(), invalidCommand());
        for (BadCommand command : bad) {
            kafka.send(command.record());
        }

        // When
        send(app, "good", goodCommand());

        // Then
        var rejected =
                kafka.await(commands().rejected(), bad.size(), record -> header(record, CommandHeaders.TRACEPARENT)
                        .startsWith(app));
        assertThat(rejected)
                .extracting(
                        record -> header(record, CommandHeaders.TRACEPARENT),
                        record -> header(record, RejectedHeaders.REASON))
                .containsExactlyInAnyOrderElementsOf(bad.stream()
                        .map(command -> tuple(command.name(), command.reason().name()))
                        .toList());
        assertThat(rejected).allSatisfy(record -> {
            assertThat(header(record, RejectedHeaders.TEXT)).isNotBlank();
            assertThat(header(record, RejectedHeaders.POSITION))
                    .startsWith(commands().topicName() + ":");
        });
        assertThat(awaitOutput(app, 1)).as("records of acceptable commands").hasSize(1);
    }

    @Test
    void makesASpanOfACommandThatSomebodyFollowsAndPassesItOn() throws Exception {
        // Given
        String app = newApp();
        Followed trace = Followed.begin();

        // When
        kafka.send(trace.on(signed(app, "traced", goodCommand())));

        // Then
        var written = awaitOutput(app, 1);
        SpanData span = trace.await("expand");
        assertThat(span.getParentSpanId()).isEqualTo(trace.spanId());
        assertThat(span.getAttributes().get(AttributeKey.stringKey("fanfare.app_key")))
                .isEqualTo(app);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("fanfare.message_uid")))
                .isEqualTo("traced");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("fanfare.kind")))
                .isEqualTo(commands().topicName());
        assertThat(written).singleElement().satisfies(record -> assertThat(header(record, CommandHeaders.TRACEPARENT))
                .isEqualTo("00-" + trace.traceId() + "-" + span.getSpanId() + "-01"));
    }

    @Test
    void leavesACommandAloneThatNobodyFollows() throws Exception {
        // Given
        String app = newApp();
        String unsampled = Followed.begin().header().replaceFirst("01$", "00");
        ProducerRecord<String, byte[]> command = signed(app, "not sampled", goodCommand());
        command.headers().add(CommandHeaders.TRACEPARENT, unsampled.getBytes(StandardCharsets.US_ASCII));

        // When
        kafka.send(command);

        // Then
        assertThat(awaitOutput(app, 1)).singleElement().satisfies(record -> assertThat(
                        record.headers().lastHeader(CommandHeaders.TRACEPARENT))
                .isNull());
    }

    @Test
    void makesTheSameRecordOfARedeliveredCommand() throws Exception {
        // Given
        String app = newApp();
        ProducerRecord<String, byte[]> command = signed(app, "given twice", goodCommand());
        kafka.send(command);

        // When
        kafka.send(command);

        // Then
        var written = awaitOutput(app, 2);
        assertThat(written.get(1).value()).isEqualTo(written.get(0).value());
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

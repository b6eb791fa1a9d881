package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.signing.CommandSigner;
import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import dev.fanfare.contracts.signing.ProducerKey;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.Form;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import dev.fanfare.testkit.infra.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another system writes commands to Kafka; what it may not write is put aside with the reason. */
@EndToEnd
class KafkaCommandIT {

    private final String text = "by Kafka " + UUID.randomUUID();

    private Product product;
    private TestApp app;
    private TestKafka kafka;

    @BeforeEach
    void connect(Product running) {
        product = running;
        app = TestApp.ofProducer(running);
        kafka = new TestKafka(running.kafkaBootstrapServers());
    }

    @AfterEach
    void close() {
        kafka.close();
        app.close();
    }

    @Test
    void aSignedCommandReachesTheClients() throws Exception {
        // Given
        AppClient browser = app.jsDevice("tom");
        AppClient phone = app.javaDevice("rose");

        // When
        kafka.send(signed(app.key()));

        // Then
        browser.awaitContent(BackEnd.content(text));
        phone.awaitContent(BackEnd.content(text));
    }

    /** The broker took it twice, as after a producer's retry; the ids are derived from the record. */
    @Test
    void aSignedCommandThatComesTwiceIsOneMessage() throws Exception {
        // Given
        AppClient phone = app.javaDevice("tom");
        ProducerRecord<String, byte[]> template = signed(
                Topic.TEMPLATE_COMMAND,
                app.key(),
                "{\"fromUserId\":\"erp\",\"toUserId\":[\"tom\"],\"objectName\":\"RC:TxtMsg\",\"content\":\"" + text
                        + "\"}");
        kafka.send(template);
        phone.awaitContent(text);

        // When
        kafka.send(template);

        // Then
        app.backEnd().system(Form.of("toUserId", "tom"), "erp", "after " + text);
        phone.awaitContent(BackEnd.content("after " + text));
        assertThat(phone.contents()).filteredOn(text::equals).hasSize(1);
    }

    @Test
    void anUnsignedCommandIsRejectedAndTheNextOneGoesOn() throws Exception {
        // Given
        AppClient phone = app.javaDevice("tom");
        ProducerRecord<String, byte[]> unsigned = signed(app.key());
        unsigned.headers().remove(CommandHeaders.SIGNATURE);
        unsigned.headers().add("test", text.getBytes(StandardCharsets.UTF_8));

        // When
        kafka.send(unsigned);

        // Then
        ConsumerRecord<String, byte[]> rejected = kafka.await(
                        Topic.BROADCAST_COMMAND.rejected(), 1, record -> text.equals(header(record, "test")))
                .get(0);
        assertThat(header(rejected, RejectedHeaders.REASON)).isEqualTo(Refusal.UNSIGNED.name());
        assertThat(rejected.value()).isEqualTo(unsigned.value());
        kafka.send(signed(Topic.BROADCAST_COMMAND, app.key(), broadcast("after " + text)));
        phone.awaitContent(BackEnd.content("after " + text));
        assertThat(phone.contents()).doesNotContain(BackEnd.content(text));
    }

    @Test
    void aProducerDoesNotSpeakForAnotherApp() throws Exception {
        // Given
        TestApp other = TestApp.create(product);

        // When
        kafka.send(signed(other.key()));

        // Then
        ConsumerRecord<String, byte[]> rejected = kafka.await(
                        Topic.BROADCAST_COMMAND.rejected(), 1, record -> other.key()
                                .equals(record.key()))
                .get(0);
        assertThat(header(rejected, RejectedHeaders.REASON)).isEqualTo(Refusal.NOT_PERMITTED.name());
    }

    /** {@code docs/examples/SendBroadcast.java}, as {@code docs/kafka.md} tells to run it. */
    @Test
    void theDocumentedExampleRuns() throws Exception {
        // Given
        AppClient browser = app.jsDevice("tom");
        Path home = Path.of(System.getProperty("fanfare.home"));
        ProcessBuilder example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        home.resolve("deploy/standalone/target/standalone.jar").toString(),
                        home.resolve("docs/examples/SendBroadcast.java").toString(),
                        product.kafkaBootstrapServers(),
                        product.producer().id(),
                        app.key(),
                        text)
                .redirectErrorStream(true);
        example.environment().put("FANFARE_PRODUCER_SECRET", product.producer().secret());

        // When
        Process process = example.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor()).as(output).isZero();
        AppClient.Publication received = browser.awaitContent(BackEnd.content(text));
        assertThat(output).contains("messageUID " + received.messageUid());
    }

    private ProducerRecord<String, byte[]> signed(String appKey) {
        return signed(Topic.BROADCAST_COMMAND, appKey, broadcast(text));
    }

    private static String broadcast(String text) {
        return "{\"fromUserId\":\"erp\",\"objectName\":\"RC:TxtMsg\",\"content\":\"{\\\"content\\\":\\\"" + text
                + "\\\"}\"}";
    }

    private ProducerRecord<String, byte[]> signed(Topic topic, String appKey, String value) {
        ProducerKey key = new ProducerKey(
                product.producer().id(),
                List.of(Secret.of(product.producer().secret())),
                Set.of(ProducerKey.ALL_APPS),
                Set.copyOf(Arrays.asList(Topic.values())));
        return new CommandSigner(key, "/end-to-end")
                .sign(
                        topic,
                        appKey,
                        UUID.randomUUID().toString(),
                        Instant.now(),
                        value.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}

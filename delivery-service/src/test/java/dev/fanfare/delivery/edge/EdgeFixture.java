package dev.fanfare.delivery.edge;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.token.TokenKeys;
import dev.fanfare.contracts.token.UserTokens;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;

/** An app of its own for each test: its tokens and its broadcasts. */
public final class EdgeFixture implements AutoCloseable {

    static final Duration DAY = Duration.ofDays(1);

    private static final MessageUids UIDS = new MessageUids(Clock.systemUTC());

    public final String app = "app-" + UUID.randomUUID();
    final UserTokens tokens = new UserTokens(
            new TokenKeys(
                    "k1",
                    Map.of(
                            "k1",
                            Secret.of(ConfigProvider.getConfig().getValue("fanfare.tokens.keys.k1", String.class)))),
            Clock.systemUTC());
    final TestKafka kafka;

    public EdgeFixture() {
        this(new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers()));
    }

    /** @param kafka of the node, closed with this */
    public EdgeFixture(TestKafka kafka) {
        this.kafka = kafka;
    }

    public String token(String userId) {
        return tokens.issue(app, userId, DAY);
    }

    static ClientMessage message(String content) {
        return new ClientMessage(
                UIDS.next(MessageKind.BROADCAST),
                ConversationType.SYSTEM,
                "sender",
                "sender",
                "RC:TxtMsg",
                content,
                System.currentTimeMillis(),
                null);
    }

    ClientMessage broadcast(String content) throws Exception {
        ClientMessage message = message(content);
        publish(message);
        return message;
    }

    /** One that somebody follows. */
    ClientMessage broadcast(String content, Followed trace) throws Exception {
        ClientMessage message = message(content);
        kafka.send(trace.on(new ProducerRecord<>(Topic.DELIVERY_STREAM.topicName(), app, Json.write(message))));
        return message;
    }

    void publish(ClientMessage message) throws Exception {
        kafka.send(new ProducerRecord<>(Topic.DELIVERY_STREAM.topicName(), app, Json.write(message)));
    }

    /** @param recalls the messageUID of the message that this takes back, or null */
    ClientMessage broadcast(String content, InApp inApp, String recalls) throws Exception {
        ClientMessage message = message(content);
        publish(Json.write(message), inApp, recalls);
        return message;
    }

    void publish(byte[] value, InApp inApp, String recalls) throws Exception {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topic.DELIVERY_STREAM.topicName(), app, value);
        record.headers().add(InApp.HEADER, inApp.name().getBytes(StandardCharsets.UTF_8));
        if (recalls != null) {
            record.headers().add(InApp.RECALLS_HEADER, recalls.getBytes(StandardCharsets.UTF_8));
        }
        kafka.send(record);
    }

    @Override
    public void close() {
        kafka.close();
    }
}

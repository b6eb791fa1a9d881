package dev.fanfare.delivery.push;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that has the push role alone, and a provider that answers what a test wants. */
@QuarkusTest
@TestProfile(PushOnlyTest.PushOnly.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class PushOnlyTest {

    @Inject
    MoodyProvider provider;

    private final String app = "app-" + UUID.randomUUID();
    private final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());

    @BeforeEach
    void clear() {
        provider.forget();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void whatTheProviderRejectsIsAnOutcome() throws Exception {
        // Given
        provider.willAnswer(Uni.createFrom().item(new PushResult.Rejected("Unregistered", Instant.EPOCH)));

        // When
        push("M1");

        // Then
        DeliveryOutcome outcome = outcomes(1).get(0);
        assertThat(outcome.outcome()).isEqualTo(Kind.PUSH_REJECTED);
        assertThat(outcome.provider()).isEqualTo("moody");
        assertThat(outcome.reason()).isEqualTo("Unregistered");
    }

    @Test
    void whatCannotBePushedNowIsPushedLaterAndTheOnesBeforeNotAgain() throws Exception {
        // Given
        provider.willAnswer(Uni.createFrom().item(new PushResult.Accepted()));
        provider.willAnswer(Uni.createFrom().item(new PushResult.Unavailable(Duration.ofMillis(50))));
        provider.willAnswer(Uni.createFrom().failure(new IllegalStateException("the line is cut")));

        // When
        push("M1");
        push("M2");

        // Then
        assertThat(outcomes(2))
                .extracting(DeliveryOutcome::messageUID, DeliveryOutcome::outcome)
                .containsExactly(tuple("M1", Kind.PUSHED), tuple("M2", Kind.PUSHED));
        assertThat(provider.sent()).containsExactly("M1", "M2", "M2", "M2");
    }

    @Test
    void theOtherRolesAreOff() throws Exception {
        // Given
        DirectDelivery delivery = new DirectDelivery(
                app,
                DeliveryPolicy.ONLINE_ELSE_PUSH,
                List.of("u1"),
                message("M1"),
                new PushNotification(null, "t", null, null, null));
        kafka.send(new ProducerRecord<>(Topic.DELIVERY_DIRECT.topicName(), app, Json.write(delivery)));

        // When
        push("M2");

        // Then
        assertThat(outcomes(1)).extracting(DeliveryOutcome::messageUID).containsExactly("M2");
        assertThat(kafka.all(Topic.DELIVERY_PUSH, record -> record.key().equals(RecordKey.ofUser(app, "u1"))))
                .hasSize(1);
        given().get("/q/health/ready").then().statusCode(200);
    }

    private void push(String uid) throws Exception {
        PushJob job = new PushJob(app, "u1", message(uid), new PushNotification(null, "text", null, null, null));
        kafka.send(new ProducerRecord<>(Topic.DELIVERY_PUSH.topicName(), RecordKey.ofUser(app, "u1"), Json.write(job)));
    }

    private static ClientMessage message(String uid) {
        return new ClientMessage(uid, ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", "{}", 1L, null);
    }

    private List<DeliveryOutcome> outcomes(int count) throws Exception {
        var records = kafka.await(
                Topic.DELIVERY_OUTCOME, count, record -> record.key().equals(RecordKey.ofUser(app, "u1")));
        List<DeliveryOutcome> outcomes = new ArrayList<>();
        for (var record : records) {
            outcomes.add(Json.read(record.value(), DeliveryOutcome.class));
        }
        return outcomes;
    }

    /** Answers in turn what it was told to, and accepts when nothing is left. */
    @Alternative
    @ApplicationScoped
    public static class MoodyProvider implements PushSender {

        private final Queue<Uni<PushResult>> answers = new ConcurrentLinkedQueue<>();
        private final Queue<String> sent = new ConcurrentLinkedQueue<>();

        void forget() {
            answers.clear();
            sent.clear();
        }

        void willAnswer(Uni<PushResult> answer) {
            answers.add(answer);
        }

        List<String> sent() {
            return List.copyOf(sent);
        }

        @Override
        public String provider() {
            return "moody";
        }

        @Override
        public Uni<PushResult> send(PushJob job) {
            sent.add(job.message().messageUID());
            Uni<PushResult> answer = answers.poll();
            return answer != null ? answer : Uni.createFrom().item(new PushResult.Accepted());
        }
    }

    /** Only the push role. */
    public static class PushOnly implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(MoodyProvider.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fanfare.roles.edge", "false", "fanfare.roles.dispatch", "false");
        }
    }
}

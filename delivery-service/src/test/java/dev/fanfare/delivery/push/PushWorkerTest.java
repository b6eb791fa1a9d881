package dev.fanfare.delivery.push;

import static dev.fanfare.delivery.push.PushFixture.PATIENCE;
import static dev.fanfare.delivery.push.PushFixture.credential;
import static dev.fanfare.delivery.push.PushFixture.jobOf;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.matchesPattern;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.InboxPlace;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.inbox.Confirmations;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.ScriptedProvider.Sent;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the push topic to the providers and back, with the push role alone. */
@QuarkusTest
@TestProfile(PushProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class PushWorkerTest {

    @Inject
    ScriptedProvider.One one;

    @Inject
    ScriptedProvider.Other other;

    @Inject
    Devices devices;

    @Inject
    Confirmations confirmations;

    @Inject
    Pool pool;

    private PushFixture fixture;
    private String app;

    @BeforeEach
    void open() {
        fixture = new PushFixture(devices, pool);
        app = fixture.app;
        credential(app, "one", "key-of-" + app);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aJobIsPushedToEachOfItsDevicesByTheirProviders() throws Exception {
        // Given
        credential(app, "other", "other-key");
        fixture.device("u1", "phone", "one");
        fixture.device("u1", "browser", "other");
        fixture.device("u1", "tablet", "one");

        // When
        fixture.push(fixture.job("u1", "M1", "phone", "browser"));

        // Then
        assertThat(fixture.outcomes("u1", 2))
                .extracting(
                        DeliveryOutcome::deviceId,
                        DeliveryOutcome::outcome,
                        DeliveryOutcome::provider,
                        DeliveryOutcome::providerId)
                .containsExactlyInAnyOrder(
                        tuple("phone", Kind.PUSHED, "one", "id-of-M1"),
                        tuple("browser", Kind.PUSHED, "other", "id-of-M1"));
        assertThat(one.sentTo(app))
                .extracting(Sent::device, Sent::key, Sent::body)
                .containsExactly(tuple("phone", "key-of-" + app, "hello"));
        assertThat(other.sentTo(app)).extracting(Sent::key).containsExactly("other-key");
    }

    @Test
    void whoFollowsAPushSeesEachAttemptAndNoToken() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        one.willAnswer(app, push -> Uni.createFrom().item(new Unavailable("Busy", null, Scope.PUSH)));
        Followed trace = Followed.begin();

        // When
        fixture.push(fixture.job("u1", "M1", "phone"), trace);

        // Then
        List<SpanData> attempts = trace.await("push", 2);
        SpanData first = attempts.get(0);
        SpanData second = attempts.get(1);
        assertThat(first.getParentSpanId()).isEqualTo(trace.spanId());
        assertThat(second.getParentSpanId()).isEqualTo(first.getSpanId());
        assertThat(attempts).allSatisfy(span -> assertThat(span.getEvents())
                .extracting(event -> event.getName())
                .containsExactly("sent"));
        assertThat(first.getAttributes().asMap())
                .containsOnly(
                        entry(stringKey("fanfare.app_key"), app),
                        entry(stringKey("fanfare.message_uid"), "M1"),
                        entry(stringKey("fanfare.push.provider"), "one"),
                        entry(stringKey("fanfare.outcome"), "RETRY"),
                        entry(longKey("fanfare.push.attempts"), 0L));
        assertThat(second.getAttributes().get(stringKey("fanfare.outcome"))).isEqualTo("PUSHED");
        assertThat(second.getAttributes().get(longKey("fanfare.push.attempts"))).isEqualTo(1);
    }

    @Test
    void aDeviceThatHasTheMessageByNowGetsNoPush() throws Exception {
        // Given
        InboxPlace second = new InboxPlace(7, 2);
        fixture.device("u1", "phone", "one");
        fixture.device("u1", "tablet", "one");
        confirm("phone", new InboxPosition(7, 2));
        confirm("tablet", new InboxPosition(7, 1));
        PushJob job = fixture.job("u1", "M2", "phone", "tablet");

        // When
        fixture.push(
                new PushJob(app, "u1", job.deviceIds(), job.message(), job.push(), null, null, second, null, null));

        // Then
        assertThat(fixture.outcomes("u1", 2))
                .extracting(DeliveryOutcome::deviceId, DeliveryOutcome::outcome, DeliveryOutcome::reason)
                .containsExactlyInAnyOrder(
                        tuple("phone", Kind.DROPPED, "the device has the message by now"),
                        tuple("tablet", Kind.PUSHED, null));
        assertThat(one.sentTo(app)).extracting(Sent::device).containsExactly("tablet");
    }

    private void confirm(String device, InboxPosition position) {
        confirmations.confirm(new DeviceRef(app, "u1", device), position).join();
    }

    @Test
    void whatIsNotToBePushedIsDroppedWithItsReason() throws Exception {
        // Given
        fixture.device("quiet", "phone", "one");
        fixture.quiet("quiet");
        fixture.device("u1", "browser", "other");

        // When
        fixture.push(fixture.job("quiet", "M1", "phone"));
        fixture.push(fixture.job("u1", "M1", "browser", "lost"));
        fixture.push(fixture.job("u2", "M1"));

        // Then
        assertThat(fixture.outcomes("quiet", 1))
                .extracting(DeliveryOutcome::outcome, DeliveryOutcome::reason)
                .containsExactly(tuple(Kind.DROPPED, "the user does not want to be disturbed now"));
        assertThat(fixture.outcomes("u1", 2))
                .extracting(DeliveryOutcome::deviceId, DeliveryOutcome::outcome, DeliveryOutcome::reason)
                .containsExactlyInAnyOrder(
                        tuple("browser", Kind.DROPPED, "the app has no credential for other"),
                        tuple("lost", Kind.DROPPED, "the device has no push token"));
        assertThat(fixture.outcomes("u2", 1))
                .extracting(DeliveryOutcome::deviceId, DeliveryOutcome::outcome, DeliveryOutcome::reason)
                .containsExactly(tuple(null, Kind.DROPPED, "the user has no device"));
        assertThat(one.sentTo(app)).isEmpty();
    }

    @Test
    void whatIsTooOldIsNotPushed() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        PushJob job = fixture.job("u1", "M1", "phone");

        // When
        fixture.push(new PushJob(app, "u1", job.deviceIds(), job.message(), job.push(), 1L, null, null, null, null));

        // Then
        assertThat(fixture.outcomes("u1", 1))
                .extracting(DeliveryOutcome::outcome, DeliveryOutcome::deviceId)
                .containsExactly(tuple(Kind.EXPIRED, "phone"));
        assertThat(one.sentTo(app)).isEmpty();
    }

    @Test
    void aProviderThatHangsHoldsUpNeitherAnotherNorAnotherAppNorWhatItHasNoRoomFor() throws Exception {
        // Given
        credential(app, "other", "other-key");
        String neighbour = "app-" + UUID.randomUUID();
        credential(neighbour, "one", "key-of-" + neighbour);
        fixture.device(neighbour, "u", "phone", "one");
        fixture.device("browsing", "browser", "other");
        for (int i = 0; i < 10; i++) {
            fixture.device("hanging" + i, "phone", "one");
        }
        for (int i = 0; i < 6; i++) {
            one.willAnswer(app, push -> Uni.createFrom().nothing());
        }

        // When
        for (int i = 0; i < 10; i++) {
            fixture.pushInLine(fixture.job("hanging" + i, "M1", "phone"));
        }
        await().atMost(PATIENCE).until(() -> one.sentTo(app).size() >= 4);
        fixture.pushInLine(jobOf(neighbour, "u", "M1", "phone"));
        fixture.pushInLine(fixture.job("browsing", "M1", "browser"));

        // Then: before the provider's time is over
        await().atMost(Duration.ofSeconds(3))
                .until(() ->
                        other.sentTo(app).size() == 1 && one.sentTo(neighbour).size() == 1);
        assertThat(one.sentTo(app)).hasSize(4);
        assertThat(fixture.outcomes("browsing", 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED);
        // And what hung is not lost.
        for (int i = 0; i < 10; i++) {
            assertThat(fixture.outcomes("hanging" + i, 1))
                    .extracting(DeliveryOutcome::outcome)
                    .containsExactly(Kind.PUSHED);
        }
    }

    @Test
    void aProviderThatAsksForAPauseHasItForTheWholeCredential() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        fixture.device("u2", "phone", "one");
        one.willAnswer(app, new Unavailable("TooManyRequests", Duration.ofMillis(900), Scope.CREDENTIAL));

        // When
        fixture.push(fixture.job("u1", "M1", "phone"));
        await().atMost(PATIENCE).until(() -> one.sentTo(app).size() == 1);
        fixture.push(fixture.job("u2", "M2", "phone"));

        // Then
        assertThat(fixture.outcomes("u1", 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED);
        assertThat(fixture.outcomes("u2", 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED);
        List<Sent> sent = one.sentTo(app);
        assertThat(sent).hasSize(3);
        assertThat(Duration.ofNanos(sent.get(1).nanos() - sent.get(0).nanos()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void whatCouldNotBeDoneIsTriedUntilItIsAcceptedOnce() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        one.willAnswer(app, new Unavailable("InternalServerError", null, Scope.CREDENTIAL));
        one.willAnswer(app, push -> Uni.createFrom().failure(new IllegalStateException("the line is cut")));
        one.willAnswer(app, push -> {
            throw new IllegalStateException("a bug");
        });

        // When
        fixture.push(fixture.job("u1", "M1", "phone"));

        // Then
        assertThat(fixture.outcomes("u1", 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED);
        assertThat(one.sentTo(app)).hasSize(4);
        assertThat(fixture.kafka.all(Topic.DELIVERY_PUSH_RETRY_1M, record -> contains(record.value(), app)))
                .hasSize(1);
        assertThat(fixture.outcomesNow("u1")).isEqualTo(1);
    }

    @Test
    void whatWasAcceptedIsToldAgainAndNotPushedAgain() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        PushJob job = fixture.job("u1", "M1", "phone");
        fixture.push(job);
        fixture.outcomes("u1", 1);

        // When: as after a crash before the commit
        fixture.push(job);

        // Then
        assertThat(fixture.outcomes("u1", 2))
                .extracting(DeliveryOutcome::outcome, DeliveryOutcome::providerId)
                .containsExactly(tuple(Kind.PUSHED, "id-of-M1"), tuple(Kind.PUSHED, "id-of-M1"));
        assertThat(one.sentTo(app)).hasSize(1);
    }

    @Test
    void theSamePushTwiceAtATimeIsOne() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        one.willAnswer(app, push -> Uni.createFrom()
                .<PushResult>item(new Accepted("slow"))
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(300)));
        PushJob job = fixture.job("u1", "M1", "phone");

        // When
        fixture.push(job);
        fixture.push(job);

        // Then
        assertThat(fixture.outcomes("u1", 2))
                .extracting(DeliveryOutcome::outcome, DeliveryOutcome::providerId)
                .containsExactly(tuple(Kind.PUSHED, "slow"), tuple(Kind.PUSHED, "slow"));
        assertThat(one.sentTo(app)).hasSize(1);
    }

    @Test
    void whatIsInBulkWaitsForRoomAndOneOfTheOthersGoesFirst() throws Exception {
        // Given: five times what the lane has room for
        for (int i = 0; i < 40; i++) {
            fixture.device("u" + i, "phone", "one");
            one.willAnswer(app, push -> Uni.createFrom()
                    .<PushResult>item(new Accepted("slow"))
                    .onItem()
                    .delayIt()
                    .by(Duration.ofMillis(200)));
        }
        fixture.device("single", "phone", "one");
        for (int i = 0; i < 40; i++) {
            fixture.pushInBulk(fixture.job("u" + i, "M1", "phone"));
        }
        await().atMost(PATIENCE).until(() -> one.sentTo(app).size() >= 4);

        // When
        fixture.push(fixture.job("single", "M2", "phone"));

        // Then
        assertThat(fixture.outcomes("single", 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED);
        await().atMost(PATIENCE).until(() -> one.sentTo(app).size() == 41);
        assertThat(one.sentTo(app).subList(0, 25)).extracting(Sent::uid).contains("M2");
        assertThat(fixture.kafka.all(Topic.DELIVERY_PUSH_RETRY_10S, record -> contains(record.value(), app)))
                .isEmpty();
    }

    @Test
    void whatIsInBulkAndComesAgainIsNotPushedAgain() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        PushJob job = fixture.job("u1", "M1", "phone");
        fixture.pushInBulk(job);
        fixture.outcomes("u1", 1);

        // When
        fixture.pushInBulk(job);

        // Then
        assertThat(fixture.outcomes("u1", 2))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED, Kind.PUSHED);
        assertThat(one.sentTo(app)).hasSize(1);
    }

    @Test
    void whatIsInBulkIsPushedOnceAlsoWhenItsPartitionsMoveInTheMiddle() throws Exception {
        // Given: some seconds of work
        List<String> users = IntStream.range(0, 120).mapToObj(i -> "u" + i).toList();
        for (String user : users) {
            fixture.device(user, "phone", "one");
            one.willAnswer(app, push -> Uni.createFrom()
                    .<PushResult>item(new Accepted("slow"))
                    .onItem()
                    .delayIt()
                    .by(Duration.ofMillis(200)));
        }
        for (String user : users) {
            fixture.pushInBulk(fixture.job(user, "M1", "phone"));
        }
        await().atMost(PATIENCE).until(() -> one.sentTo(app).size() >= 4);

        // When: another worker takes some of them, does nothing with them, and dies
        try (KafkaConsumer<String, byte[]> other = otherWorker()) {
            await().atMost(PATIENCE).until(() -> {
                other.poll(Duration.ofMillis(50));
                return !other.assignment().isEmpty();
            });
        }

        // Then
        await().atMost(PATIENCE.multipliedBy(3))
                .until(() -> one.sentTo(app).stream().map(Sent::user).distinct().count() == users.size());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        fixture.kafka.all(Topic.DELIVERY_OUTCOME, record -> contains(record.value(), app)))
                .extracting(record -> TestKafka.valueOf(record, DeliveryOutcome.class))
                .filteredOn(outcome -> outcome.outcome() == Kind.PUSHED)
                .extracting(DeliveryOutcome::userId)
                .containsAll(users));
        assertThat(one.sentTo(app)).extracting(Sent::user).containsExactlyInAnyOrderElementsOf(users);
    }

    private static KafkaConsumer<String, byte[]> otherWorker() {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", TestInfrastructure.shared().kafkaBootstrapServers(),
                        "group.id", "delivery-push-bulk",
                        "group.protocol", "consumer",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.DELIVERY_PUSH_BULK.topicName()));
        return consumer;
    }

    @Test
    void whatIsInBulkStaysSoWhileItIsTriedAgain() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        one.willAnswer(app, new Unavailable("InternalServerError", null, Scope.PUSH));

        // When
        fixture.pushInBulk(fixture.job("u1", "M1", "phone"));

        // Then
        assertThat(fixture.outcomes("u1", 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED);
        assertThat(fixture.kafka.await(Topic.DELIVERY_PUSH_RETRY_10S, 1, record -> contains(record.value(), app)))
                .allSatisfy(record ->
                        assertThat(contains(record.value(), "\"bulk\":true")).isTrue());
    }

    @Test
    void aTokenIsForgottenWhenItIsInvalid() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        one.willAnswer(app, new Rejected("Unregistered", Instant.now().plusSeconds(1)));

        // When
        fixture.push(fixture.job("u1", "M1", "phone"));

        // Then
        assertThat(fixture.outcomes("u1", 1))
                .extracting(
                        DeliveryOutcome::outcome,
                        DeliveryOutcome::deviceId,
                        DeliveryOutcome::provider,
                        DeliveryOutcome::reason)
                .containsExactly(tuple(Kind.REJECTED, "phone", "one", "Unregistered"));
        assertThat(fixture.hasDevice("u1", "phone")).isFalse();
    }

    @Test
    void aTokenThatWasRegisteredSinceStaysAndIsTried() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        one.willAnswer(app, new Rejected("Unregistered", Instant.now().minusSeconds(60)));

        // When
        fixture.push(fixture.job("u1", "M1", "phone"));

        // Then
        assertThat(fixture.outcomes("u1", 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED);
        assertThat(fixture.hasDevice("u1", "phone")).isTrue();
        assertThat(one.sentTo(app)).hasSize(2);
    }

    @Test
    void aRecordThatNobodyCanReadIsPutAside() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        List<String> values = List.of(
                "{",
                "{}",
                new String(Json.write(fixture.job("u1", "M2", "phone\0")), StandardCharsets.UTF_8),
                new String(Json.write(fixture.job("u1", null, "phone")), StandardCharsets.UTF_8));
        for (Topic topic : List.of(Topic.DELIVERY_PUSH, Topic.DELIVERY_PUSH_RETRY_10S)) {
            for (String value : values) {
                fixture.kafka.send(
                        new ProducerRecord<>(topic.topicName(), app, value.getBytes(StandardCharsets.UTF_8)));
            }
        }

        // When
        fixture.push(fixture.job("u1", "M1", "phone"));

        // Then
        assertThat(fixture.kafka.await(Topic.DELIVERY_REJECTED, 8, record -> app.equals(record.key())))
                .hasSize(8);
        assertThat(fixture.outcomes("u1", 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.PUSHED);
    }

    @Test
    void whatHappensIsCounted() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        one.willAnswer(app, new Unavailable("InternalServerError", null, Scope.PUSH));

        // When
        fixture.push(fixture.job("u1", "M1", "phone"));
        fixture.outcomes("u1", 1);

        // Then
        given().get("/q/metrics")
                .then()
                .body(matchesPattern("(?s).*fanfare_push_total\\{[^}]*provider=\"one\"[^}]*result=\"PUSHED\".*"))
                .body(matchesPattern("(?s).*fanfare_push_total\\{[^}]*provider=\"one\"[^}]*result=\"RETRY\".*"))
                .body(matchesPattern("(?s).*fanfare_push_retries_total\\{[^}]*level=\"FIRST\".*"))
                .body(matchesPattern("(?s).*fanfare_push_waiting\\{[^}]*provider=\"one\".*"))
                .body(matchesPattern("(?s).*fanfare_push_breakers_open\\{[^}]*provider=\"one\".*"));
    }

    @Test
    void theOtherRolesAreOff() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        PushJob job = fixture.job("u1", "M1", "phone");
        DirectDelivery delivery =
                new DirectDelivery(app, DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("u1"), job.message(), job.push());
        fixture.kafka.send(new ProducerRecord<>(
                Topic.DELIVERY_DIRECT.topicName(), RecordKey.ofUser(app, "u1"), Json.write(delivery)));

        // When
        fixture.push(fixture.job("u1", "M2", "phone"));

        // Then
        assertThat(fixture.outcomes("u1", 1))
                .extracting(DeliveryOutcome::messageUID)
                .containsExactly("M2");
        given().get("/q/health/ready").then().statusCode(200);
    }

    private static boolean contains(byte[] value, String text) {
        return new String(value, StandardCharsets.UTF_8).contains(text);
    }
}

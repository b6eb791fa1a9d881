package dev.fanfare.delivery.mailbox;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.delivery.session.SessionLifecycle;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class RoutingTest {

    @Inject
    RecordingSessions sessions;

    @Inject
    SessionLifecycle lifecycle;

    @Inject
    HeldMailboxes mailboxes;

    @Inject
    Devices devices;

    @Inject
    RedisDataSource redis;

    @ConfigProperty(name = "fanfare.internal.key")
    String internalKey;

    private final RoutingFixture fixture = new RoutingFixture();

    @BeforeEach
    void waitForAnAddress() {
        await().until(() -> !mailboxes.isEmpty());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whoIsOnlineGetsItFromTheMailbox() throws Exception {
        // Given
        SessionInfo session = sessions.connect(fixture.app, "u1");
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitOutcome(uid)).isEqualTo(Kind.DELIVERED);
        assertThat(sessions.received(session)).containsExactly(uid);
        assertThat(fixture.pushJobs(uid)).isEmpty();
    }

    @Test
    void whoFollowsAMessageSeesHowItCameToTheSession() throws Exception {
        // Given
        sessions.connect(fixture.app, "u1");
        String uid = RoutingFixture.uid();
        Followed trace = Followed.begin();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH), trace);

        // Then
        SpanData dispatch = trace.await("dispatch");
        SpanData deliver = trace.await("deliver");
        assertThat(dispatch.getParentSpanId()).isEqualTo(trace.spanId());
        assertThat(deliver.getParentSpanId()).isEqualTo(dispatch.getSpanId());
        assertThat(List.of(dispatch, deliver)).allSatisfy(span -> {
            assertThat(span.getAttributes().get(stringKey("fanfare.app_key"))).isEqualTo(fixture.app);
            assertThat(span.getAttributes().get(stringKey("fanfare.message_uid")))
                    .isEqualTo(uid);
            assertThat(span.getAttributes().get(stringKey("fanfare.kind"))).isEqualTo("ONLINE_ELSE_PUSH");
            assertThat(span.getAttributes().get(longKey("fanfare.users"))).isEqualTo(1);
        });
        assertThat(deliver.getAttributes().get(stringKey("fanfare.outcome"))).isEqualTo("CONFIRMED");
        assertThat(deliver.getAttributes().get(longKey("fanfare.confirmed"))).isEqualTo(1);
    }

    @Test
    void theTraceGoesOnToThePushOfADeviceThatDoesNotConfirm() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        sessions.connect(fixture.app, "u1", RoutingFixture.PHONE);
        sessions.silence(RoutingFixture.PHONE);
        String uid = RoutingFixture.uid();
        Followed trace = Followed.begin();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH), trace);

        // Then
        List<String> parents = fixture.traceparents(Topic.DELIVERY_PUSH, uid, 1);
        assertThat(parents).hasSize(1);
        await().untilAsserted(() -> assertThat(trace.spans())
                .filteredOn(span -> parents.get(0).contains(span.getSpanId()))
                .extracting(SpanData::getName, span -> span.getAttributes().get(stringKey("fanfare.outcome")))
                .containsExactly(tuple("deliver", "UNCONFIRMED")));
    }

    @Test
    void whoFollowsAMessageOfTheMomentSeesHowManyGotIt() throws Exception {
        // Given
        sessions.connect(fixture.app, "u1");
        sessions.connect(fixture.app, "u2");
        Followed trace = Followed.begin();

        // When
        fixture.send(fixture.status(List.of("u1", "u2", "u3"), RoutingFixture.uid()), trace);

        // Then
        await().untilAsserted(() -> assertThat(trace.spans())
                .filteredOn(span -> "WRITTEN".equals(span.getAttributes().get(stringKey("fanfare.outcome"))))
                .as("one for each of their mailboxes")
                .extracting(span -> span.getAttributes().get(longKey("fanfare.users.reached")))
                .satisfies(reached -> assertThat(
                                reached.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(2)));
    }

    @Test
    void eachDeviceGetsItOnceAndHasAnOutcome() throws Exception {
        // Given
        SessionInfo phone = sessions.connect(fixture.app, "u1");
        SessionInfo tablet = sessions.connect(fixture.app, "u1");
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitOutcomes(uid, 3))
                .extracting(DeliveryOutcome::deviceId, DeliveryOutcome::outcome)
                .containsExactlyInAnyOrder(
                        tuple(null, Kind.STORED),
                        tuple(phone.deviceId(), Kind.DELIVERED),
                        tuple(tablet.deviceId(), Kind.DELIVERED));
        assertThat(sessions.received(phone)).containsExactly(uid);
        assertThat(sessions.received(tablet)).containsExactly(uid);
    }

    @Test
    void aUserGetsMessagesInTheirOrder() throws Exception {
        // Given
        SessionInfo session = sessions.connect(fixture.app, "u1");
        List<String> uids =
                IntStream.range(0, 200).mapToObj(i -> RoutingFixture.uid()).toList();

        // When
        for (String uid : uids) {
            fixture.send(fixture.personal("u1", uid, null));
        }

        // Then
        await().untilAsserted(() -> assertThat(sessions.received(session)).isEqualTo(uids));
    }

    @Test
    void whoIsOfflineIsPushedOnce() throws Exception {
        // Given
        fixture.registerPhone(devices, "offline");
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("offline", uid, RoutingFixture.PUSH));

        // Then
        PushJob job = fixture.awaitPushJob(uid);
        assertThat(job.userId()).isEqualTo("offline");
        assertThat(job.deviceIds()).containsExactly(RoutingFixture.PHONE);
        fixture.awaitDispatchOfAllBefore();
        assertThat(fixture.pushJobs(uid)).hasSize(1);
    }

    @Test
    void whoHasOneLiveAndOneAbsentDeviceGetsOneOfEach() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        SessionInfo tablet = sessions.connect(fixture.app, "u1");
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitPushJob(uid).deviceIds()).containsExactly(RoutingFixture.PHONE);
        await().untilAsserted(() -> assertThat(sessions.received(tablet)).containsExactly(uid));
    }

    @Test
    void aDeviceThatConfirmsIsNotPushed() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        SessionInfo phone = sessions.connect(fixture.app, "u1", RoutingFixture.PHONE);
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitOutcome(uid)).isEqualTo(Kind.DELIVERED);
        assertThat(sessions.received(phone)).containsExactly(uid);
        assertThat(fixture.pushJobs(uid)).isEmpty();
    }

    @Test
    void aDeviceThatDoesNotConfirmIsPushed() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        SessionInfo phone = sessions.connect(fixture.app, "u1", RoutingFixture.PHONE);
        sessions.silence(RoutingFixture.PHONE);
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitPushJob(uid).deviceIds()).containsExactly(RoutingFixture.PHONE);
        assertThat(sessions.received(phone)).containsExactly(uid);
        assertThat(fixture.pushJobs(uid)).hasSize(1);
        sessions.disconnect(phone);
    }

    @Test
    void whatWasConfirmedIsNotPushedWhenItComesAgain() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        SessionInfo phone = sessions.connect(fixture.app, "u1", RoutingFixture.PHONE);
        String uid = RoutingFixture.uid();
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));
        assertThat(fixture.awaitOutcome(uid)).isEqualTo(Kind.DELIVERED);
        sessions.disconnect(phone);

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        fixture.awaitDispatchOfAllBefore();
        assertThat(fixture.pushJobs(uid)).isEmpty();
    }

    @Test
    void whatADeviceHadConfirmedWhenItsNodeEndedIsToldByTheNext() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        SessionInfo phone = sessions.connect(fixture.app, "u1", RoutingFixture.PHONE);
        String uid = RoutingFixture.uid();
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));
        assertThat(fixture.awaitOutcome(uid)).isEqualTo(Kind.DELIVERED);
        sessions.disconnect(phone);
        NodeDelivery record = fixture.mailboxRecords(uid).get(0);

        // When: the record comes again, for who had it could not commit it
        fixture.sendToMailbox(0, record.delivery(), 0, record.inbox());

        // Then
        assertThat(fixture.awaitOutcomes(uid, 3))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.STORED, Kind.DELIVERED, Kind.DELIVERED);
        assertThat(fixture.pushJobs(uid)).isEmpty();
    }

    @Test
    void aMessageWithoutPushIsNotPushed() throws Exception {
        // Given
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("offline", uid, null));

        // Then
        assertThat(fixture.awaitOutcome(uid)).isEqualTo(Kind.DROPPED);
        assertThat(fixture.pushJobs(uid)).isEmpty();
    }

    @Test
    void aStatusMessageReachesThoseWhoAreHereAndTellsNothingOfTheOthers() throws Exception {
        // Given
        SessionInfo one = sessions.connect(fixture.app, "u1");
        SessionInfo two = sessions.connect(fixture.app, "u2");
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.status(List.of("u1", "offline", "u2"), uid));

        // Then
        await().untilAsserted(() -> assertThat(sessions.received(two)).containsExactly(uid));
        assertThat(sessions.received(one)).containsExactly(uid);
        fixture.awaitDispatchOfAllBefore();
        assertThat(fixture.pushJobs(uid)).isEmpty();
        assertThat(fixture.outcomes(uid)).isEmpty();
    }

    @Test
    void whatADeadNodeLeftBehindIsNotBelieved() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        String hash = "fanfare:presence:user:" + fixture.app + ":u1";
        redis.hash(String.class)
                .hset(hash, "gone", "{\"mailbox\":0,\"node\":\"dead\",\"device\":\"d\",\"connectedAt\":1}");
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitPushJob(uid).userId()).isEqualTo("u1");
        assertThat(redis.key().exists(hash)).isFalse();
    }

    @Test
    void aRecordWhoseSessionLeftMeanwhileIsPushed() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        sessions.disconnect(sessions.connect(fixture.app, "u1"));
        String uid = RoutingFixture.uid();

        // When
        fixture.sendToMailbox(0, fixture.personal("u1", uid, RoutingFixture.PUSH), 0, RoutingFixture.PLACE);

        // Then
        assertThat(fixture.awaitPushJob(uid).userId()).isEqualTo("u1");
        assertThat(fixture.mailboxRecords(uid)).hasSize(1);
    }

    @Test
    void anEntryWhoseSessionIsNotHereIsRemovedAndTheUserPushed() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        SessionInfo other = sessions.connect(fixture.app, "other");
        String mine =
                redis.hash(String.class).hget("fanfare:presence:user:" + fixture.app + ":other", other.sessionId());
        String hash = "fanfare:presence:user:" + fixture.app + ":u1";
        redis.hash(String.class).hset(hash, "never-closed", mine);
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitPushJob(uid).userId()).isEqualTo("u1");
        assertThat(redis.key().exists(hash)).isFalse();
        assertThat(fixture.pushJobs(uid)).hasSize(1);
    }

    @Test
    void aRecordThatCirclesIsPushedInTheEnd() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        SessionInfo open = sessions.connect(fixture.app, "u1", RoutingFixture.PHONE);
        sessions.vanish(open);
        String uid = RoutingFixture.uid();

        // When
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitPushJob(uid).userId()).isEqualTo("u1");
        assertThat(fixture.mailboxRecords(uid)).hasSize(1 + MailboxRule.MAX_REROUTES);
        assertThat(fixture.pushJobs(uid)).hasSize(1);
        lifecycle.closed(open);
    }

    @Test
    void whatNobodyCanReadIsPutAsideAndTheRestGoesOn() throws Exception {
        // Given
        fixture.registerPhone(devices, "offline");
        String uid = RoutingFixture.uid();

        // When
        for (Topic topic : List.of(Topic.DELIVERY_DIRECT, Topic.DELIVERY_NODE, Topic.DELIVERY_PUSH)) {
            fixture.kafka.send(new ProducerRecord<>(
                    topic.topicName(), fixture.app, "{\"half\":".getBytes(StandardCharsets.UTF_8)));
            fixture.kafka.send(
                    new ProducerRecord<>(topic.topicName(), fixture.app, "{}".getBytes(StandardCharsets.UTF_8)));
        }
        fixture.send(fixture.personal("offline", uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitPushJob(uid).userId()).isEqualTo("offline");
        assertThat(fixture.kafka.await(Topic.DELIVERY_REJECTED, 6, record -> fixture.app.equals(record.key())))
                .extracting(record -> new String(
                        record.headers().lastHeader(RejectedHeaders.REASON).value(), StandardCharsets.UTF_8))
                .containsOnly("MALFORMED", "INVALID");
    }

    @Test
    void whatAClientAcknowledgesIsToldOn() {
        // Given
        SessionInfo session = sessions.connect(fixture.app, "u1");
        String uid = RoutingFixture.uid();

        // When
        lifecycle.acknowledged(session, List.of(uid, RoutingFixture.uid()));

        // Then
        assertThat(fixture.awaitOutcomes(uid, 1))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.DELIVERED);
    }

    @Test
    void presenceIsToldToServicesThatHaveTheKey() {
        // Given
        sessions.connect(fixture.app, "u1");
        sessions.connect(fixture.app, "u1");
        String path = "/internal/v1/apps/{app}/users/{user}/presence";

        // When
        var online = given().header("Authorization", "Bearer " + internalKey).get(path, fixture.app, "u1");

        // Then
        assertThat(online.statusCode()).isEqualTo(200);
        assertThat(online.asString()).isEqualTo("{\"online\":true,\"sessions\":2,\"seen\":true}");
        given().header("Authorization", "Bearer " + internalKey)
                .get(path, fixture.app, "u2")
                .then()
                .statusCode(200)
                .body("online", is(false), "seen", is(false));
        given().get(path, fixture.app, "u1").then().statusCode(401);
        given().header("Authorization", "Bearer other")
                .get(path, fixture.app, "u1")
                .then()
                .statusCode(401);
    }

    @Test
    void aUserWhoWentIsRememberedForAWhile() {
        // Given
        SessionInfo session = sessions.connect(fixture.app, "u1");
        String path = "/internal/v1/apps/{app}/users/{user}/presence";

        // When
        sessions.disconnect(session);

        // Then
        await().untilAsserted(() -> given().header("Authorization", "Bearer " + internalKey)
                .get(path, fixture.app, "u1")
                .then()
                .statusCode(200)
                .body("online", is(false), "seen", is(true)));
    }
}

package dev.fanfare.delivery.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From chunks of all users to push jobs. */
@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class BulkDispatchTest {

    private static final PushNotification TO_ANDROID =
            new PushNotification(null, "hello", null, null, null, List.of("Android"));

    @Inject
    RecordingSessions sessions;

    @Inject
    HeldMailboxes mailboxes;

    @Inject
    Devices devices;

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
    void ofAChunkThoseArePushedWhoHaveADeviceAndAreNotThere() throws Exception {
        // Given
        for (String user : List.of("offline", "online", "dead", "phone-only", "on-the-web", "both")) {
            fixture.registerPhone(devices, user);
        }
        fixture.register(devices, "both", "tablet", "huawei");
        fixture.register(devices, "two", "tablet", "xiaomi");
        fixture.register(devices, "two", "watch", "oppo");
        fixture.register(devices, "iphone", RoutingFixture.PHONE, "apns");
        fixture.register(devices, "hook", "server", "webhook");
        sessions.connect(fixture.app, "online", RoutingFixture.PHONE);
        sessions.connect(fixture.app, "on-the-web", null);
        String silent = "silent-" + UUID.randomUUID();
        SessionInfo dead = sessions.connect(fixture.app, "dead", silent);
        sessions.connect(fixture.app, "both", RoutingFixture.PHONE);
        sessions.connect(fixture.app, "both", silent);
        sessions.connect(fixture.app, "no-device");
        sessions.silence(silent);
        List<String> users = IntStream.range(0, 500)
                .mapToObj(i -> switch (i) {
                    case 7 -> "offline";
                    case 99 -> "online";
                    case 100 -> "dead";
                    case 101 -> "phone-only";
                    case 102 -> "on-the-web";
                    case 103 -> "both";
                    case 104 -> "two";
                    case 105 -> "iphone";
                    case 106 -> "hook";
                    case 499 -> "no-device";
                    default -> "u" + i;
                })
                .toList();
        String uid = RoutingFixture.uid();
        DirectDelivery chunk = fixture.chunk(DeliveryPolicy.PUSH_OFFLINE, users, uid, TO_ANDROID);

        // When
        fixture.sendInBulk(chunk);

        // Then
        List<PushJob> jobs = fixture.awaitBulkPushJobs(uid, 4);
        assertThat(jobs)
                .extracting(PushJob::userId, PushJob::deviceIds, PushJob::bulk)
                .containsExactlyInAnyOrder(
                        tuple("offline", List.of(RoutingFixture.PHONE), true),
                        tuple("dead", List.of(RoutingFixture.PHONE), true),
                        tuple("phone-only", List.of(RoutingFixture.PHONE), true),
                        tuple("two", List.of("tablet", "watch"), true));
        assertThat(jobs.get(0).message()).isEqualTo(chunk.message());
        assertThat(jobs.get(0).push()).isEqualTo(TO_ANDROID);
        awaitAllBefore();
        assertThat(fixture.bulkPushJobs(uid)).hasSize(4);
        assertThat(fixture.pushJobs(uid)).isEmpty();
        assertThat(fixture.mailboxRecords(uid))
                .as("nobody without a device is asked whether they are there")
                .filteredOn(record -> record.reroutes() == 0)
                .flatExtracting(record -> record.delivery().userIds())
                .containsExactlyInAnyOrder("online", "dead", "on-the-web", "both");
        sessions.disconnect(dead);
    }

    @Test
    void aMessageToVeryManyMakesSpansForChunksAndNotForUsers() throws Exception {
        // Given
        List<String> users = List.of("u1", "u2", "u3", "u4", "online", "there");
        for (String user : users) {
            fixture.registerPhone(devices, user);
        }
        sessions.connect(fixture.app, "online", RoutingFixture.PHONE);
        sessions.connect(fixture.app, "there", RoutingFixture.PHONE);
        String uid = RoutingFixture.uid();
        Followed trace = Followed.begin();

        // When
        fixture.sendInBulk(fixture.chunk(DeliveryPolicy.PUSH_OFFLINE, users, uid, RoutingFixture.PUSH), trace);

        // Then
        SpanData dispatch = trace.await("dispatch");
        trace.await("deliver");
        assertThat(fixture.traceparents(Topic.DELIVERY_PUSH_BULK, uid, 4))
                .containsExactly("00-" + trace.traceId() + "-" + dispatch.getSpanId() + "-01");
        trace.await("push");
        assertThat(trace.spans())
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("dispatch", "deliver", "push");
    }

    @Test
    void aPushToAllAsksNobodyWhetherTheyAreThere() throws Exception {
        // Given
        fixture.registerPhone(devices, "online");
        sessions.connect(fixture.app, "online", RoutingFixture.PHONE);
        String uid = RoutingFixture.uid();

        // When
        fixture.sendInBulk(fixture.chunk(DeliveryPolicy.PUSH_ALL, List.of("online", "u2"), uid, RoutingFixture.PUSH));

        // Then
        assertThat(fixture.awaitBulkPushJobs(uid, 1))
                .extracting(PushJob::userId)
                .containsExactly("online");
        awaitAllBefore();
        assertThat(fixture.mailboxRecords(uid)).isEmpty();
    }

    @Test
    void aMessageForOneUserGoesItsUsualWayAndItsPushWithTheVeryMany() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        SessionInfo tablet = sessions.connect(fixture.app, "u1");
        String uid = RoutingFixture.uid();

        // When
        fixture.sendInBulk(fixture.personal("u1", uid, RoutingFixture.PUSH));

        // Then: the phone's push, which no provider takes here, may be at its end before the tablet
        assertThat(fixture.awaitOutcomes(uid, 3))
                .extracting(DeliveryOutcome::outcome)
                .containsExactlyInAnyOrder(Kind.STORED, Kind.DELIVERED, Kind.DROPPED);
        assertThat(sessions.received(tablet)).containsExactly(uid);
        PushJob job = fixture.awaitBulkPushJobs(uid, 1).get(0);
        assertThat(job.deviceIds()).containsExactly(RoutingFixture.PHONE);
        assertThat(job.inbox()).isNotNull();
    }

    @Test
    void aPushWithoutAMessageNeedsNoType() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        String uid = RoutingFixture.uid();
        DirectDelivery chunk = fixture.chunk(DeliveryPolicy.PUSH_OFFLINE, List.of("u1"), uid, RoutingFixture.PUSH);

        // When
        fixture.sendInBulk(new DirectDelivery(
                fixture.app,
                chunk.policy(),
                chunk.userIds(),
                new ClientMessage(uid, null, null, null, null, null, 1L, null),
                chunk.push()));

        // Then
        assertThat(fixture.awaitBulkPushJobs(uid, 1))
                .extracting(PushJob::userId)
                .containsExactly("u1");
    }

    @Test
    void whoseSessionHasLeftTheMailboxIsPushed() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        fixture.register(devices, "u2", RoutingFixture.PHONE, "apns");
        String uid = RoutingFixture.uid();
        DirectDelivery chunk = fixture.chunk(DeliveryPolicy.PUSH_OFFLINE, List.of("u1", "u2", "u3"), uid, TO_ANDROID);

        // When
        fixture.kafka.send(new ProducerRecord<>(
                Topic.DELIVERY_NODE.topicName(), 0, fixture.app, Json.write(new NodeDelivery(chunk, 0, null, null))));

        // Then
        assertThat(fixture.awaitBulkPushJobs(uid, 1))
                .extracting(PushJob::userId)
                .containsExactly("u1");
        assertThat(fixture.mailboxRecords(uid)).hasSize(1);
    }

    @Test
    void whatCannotBeDoneIsPutAsideAndTheRestGoesOn() throws Exception {
        // Given
        fixture.registerPhone(devices, "u1");
        String uid = RoutingFixture.uid();
        DirectDelivery good = fixture.chunk(DeliveryPolicy.PUSH_ALL, List.of("u1"), uid, RoutingFixture.PUSH);

        // When
        fixture.sendInBulk(fixture.chunk(DeliveryPolicy.PUSH_OFFLINE, List.of("u1"), uid, null));
        fixture.sendInBulk(fixture.chunk(DeliveryPolicy.PUSH_ALL, List.of("u\0"), uid, RoutingFixture.PUSH));
        fixture.sendInBulk(
                fixture.chunk(DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("u1", "u2"), uid, RoutingFixture.PUSH));
        fixture.kafka.send(new ProducerRecord<>(
                Topic.DELIVERY_NODE.topicName(), 0, fixture.app, Json.write(new NodeDelivery(good, 0, null, null))));
        fixture.sendInBulk(good);

        // Then
        assertThat(fixture.kafka.await(Topic.DELIVERY_REJECTED, 4, record -> fixture.app.equals(record.key())))
                .hasSize(4);
        assertThat(fixture.awaitBulkPushJobs(uid, 1)).hasSize(1);
    }

    /** All chunks before are dispatched, for they have the same key. */
    private void awaitAllBefore() throws Exception {
        fixture.registerPhone(devices, "last");
        String uid = RoutingFixture.uid();
        fixture.sendInBulk(fixture.chunk(DeliveryPolicy.PUSH_ALL, List.of("last"), uid, RoutingFixture.PUSH));
        fixture.awaitBulkPushJobs(uid, 1);
    }
}

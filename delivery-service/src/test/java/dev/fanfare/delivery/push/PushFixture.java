package dev.fanfare.delivery.push;

import static io.restassured.RestAssured.given;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.device.Device.Environment;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An app of its own for each test, with devices and credentials, and the records around it. */
public final class PushFixture implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "internal-key-of-the-tests";

    public final String app = "app-" + UUID.randomUUID();
    public final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    private final Devices devices;
    private final Pool pool;

    public PushFixture(Devices devices, Pool pool) {
        this.devices = devices;
        this.pool = pool;
    }

    /** One who knows the internal key. */
    public static RequestSpecification caller() {
        return given().header("Authorization", "Bearer " + KEY).contentType(ContentType.JSON);
    }

    public static void credential(String app, String provider, String key) {
        caller().body(Map.of("key", key))
                .put("/internal/v1/apps/{app}/push/{provider}", app, provider)
                .then()
                .statusCode(200);
    }

    public void device(String user, String device, String provider) {
        device(app, user, device, provider);
    }

    public void device(String ofApp, String user, String device, String provider) {
        Secret token = Secret.of("token-" + UUID.randomUUID());
        devices.register(new Device(
                        ofApp, user, device, provider, token, Environment.PRODUCTION, null, null, null, Instant.now()))
                .await()
                .atMost(PATIENCE);
    }

    /** The user does not want to be disturbed at this time of the day. */
    public void quiet(String user) {
        LocalTime start = LocalTime.now(ZoneOffset.UTC).minusHours(1);
        pool.preparedQuery("insert into delivery.quiet_time values ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(app, user, start, 120, 1))
                .await()
                .atMost(PATIENCE);
    }

    public boolean hasDevice(String user, String device) {
        return devices.list(new UserKey(app, user)).await().atMost(PATIENCE).stream()
                .anyMatch(known -> known.deviceId().equals(device));
    }

    public PushJob job(String user, String uid, String... devices) {
        return jobOf(app, user, uid, devices);
    }

    public static PushJob jobOf(String app, String user, String uid, String... devices) {
        return new PushJob(
                app,
                user,
                List.of(devices),
                new ClientMessage(uid, ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", null, 1L, null),
                new PushNotification(null, "hello", null, null, null));
    }

    public void push(PushJob job) throws Exception {
        kafka.send(new ProducerRecord<>(
                Topic.DELIVERY_PUSH.topicName(), RecordKey.ofUser(job.appKey(), job.userId()), Json.write(job)));
    }

    /** One that somebody follows. */
    public void push(PushJob job, Followed trace) throws Exception {
        kafka.send(trace.on(new ProducerRecord<>(
                Topic.DELIVERY_PUSH.topicName(), RecordKey.ofUser(job.appKey(), job.userId()), Json.write(job))));
    }

    public void pushInBulk(PushJob job) throws Exception {
        kafka.send(new ProducerRecord<>(
                Topic.DELIVERY_PUSH_BULK.topicName(),
                RecordKey.ofUser(job.appKey(), job.userId()),
                Json.write(job.inBulk())));
    }

    /** All in one partition: what is in front of what is decided by the order of sending. */
    public void pushInLine(PushJob job) throws Exception {
        kafka.send(new ProducerRecord<>(
                Topic.DELIVERY_PUSH.topicName(), 0, RecordKey.ofUser(job.appKey(), job.userId()), Json.write(job)));
    }

    public List<DeliveryOutcome> outcomes(String user, int count) {
        String key = RecordKey.ofUser(app, user);
        return kafka.await(Topic.DELIVERY_OUTCOME, count, record -> key.equals(record.key())).stream()
                .map(record -> TestKafka.valueOf(record, DeliveryOutcome.class))
                .toList();
    }

    /** How many there are now. */
    public int outcomesNow(String user) {
        String key = RecordKey.ofUser(app, user);
        return kafka.all(Topic.DELIVERY_OUTCOME, record -> key.equals(record.key()))
                .size();
    }

    @Override
    public void close() {
        kafka.close();
    }
}

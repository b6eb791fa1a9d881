package dev.fanfare.broadcast;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An app that no other test uses: its users, what is sent to them, and what the service makes of it. */
public final class AppUnderTest implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "only-the-services-of-the-tests-know";

    private final String appKey = "app-" + UUID.randomUUID();
    private final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    private final Pool pool;

    public AppUnderTest(Pool pool) {
        this.pool = pool;
    }

    public String key() {
        return appKey;
    }

    public TestKafka kafka() {
        return kafka;
    }

    /** Ids as {@link #register} gives them. */
    public static List<String> userIds(int count) {
        return IntStream.range(0, count).mapToObj("u%06d"::formatted).toList();
    }

    /** Returns when they are in the audience. */
    public void register(int count) throws Exception {
        kafka.sendAll(
                userIds(count).stream().map(userId -> registration(userId, 1)).toList());
        awaitUsers(count);
    }

    public ProducerRecord<String, byte[]> registration(String userId, long version, String... tags) {
        return new ProducerRecord<>(
                Topic.USER_REGISTERED.topicName(),
                RecordKey.ofUser(appKey, userId),
                Json.write(new RegisteredUser(appKey, userId, List.of(tags), 1, version)));
    }

    public ProducerRecord<String, byte[]> removal(String userId) {
        return new ProducerRecord<>(Topic.USER_REGISTERED.topicName(), RecordKey.ofUser(appKey, userId), null);
    }

    public void awaitUsers(long count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        ask("select count(*) from broadcast.audience where app_key = $1 and not removed"))
                .isEqualTo(count));
    }

    /** The first column of the only row. */
    public Object ask(String statement) {
        return pool.preparedQuery(statement)
                .execute(Tuple.of(appKey))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getValue(0);
    }

    public int execute(String statement, Object... more) {
        Tuple arguments = Tuple.of(appKey);
        for (Object argument : more) {
            arguments.addValue(argument);
        }
        return pool.preparedQuery(statement)
                .execute(arguments)
                .await()
                .atMost(PATIENCE)
                .rowCount();
    }

    /** As the gateway would. */
    public ProducerRecord<String, byte[]> signed(AllUsersCommand command) {
        return TestProducers.gateway()
                .sign(
                        Topic.ALL_USERS_COMMAND,
                        appKey,
                        UUID.randomUUID().toString(),
                        Instant.now(),
                        Json.write(command));
    }

    public void send(AllUsersCommand command) throws Exception {
        kafka.send(signed(command));
    }

    public ValidatableResponse get(String path) {
        return request().get("/internal/apps/" + appKey + "/broadcasts" + path).then();
    }

    public ValidatableResponse post(String path) {
        return request().post("/internal/apps/" + appKey + "/broadcasts" + path).then();
    }

    public String stateOf(String uid) {
        return get("/" + uid).extract().path("state");
    }

    public void awaitState(String uid, String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stateOf(uid)).isEqualTo(state));
    }

    /** Its records of the stream, once there are so many. */
    public List<ConsumerRecord<String, byte[]>> online(int count) {
        return kafka.await(Topic.DELIVERY_STREAM, count, record -> record.key().equals(appKey));
    }

    /** Its records of delivery.bulk by now. */
    public List<ConsumerRecord<String, byte[]>> bulk() {
        return kafka.all(Topic.DELIVERY_BULK, record -> record.key().startsWith(appKey + ":"));
    }

    public List<DirectDelivery> deliveries() {
        return bulk().stream()
                .map(record -> TestKafka.valueOf(record, DirectDelivery.class))
                .toList();
    }

    /** All users that were handed to delivery by now, as often as they were. */
    public List<String> handedOver() {
        return deliveries().stream()
                .flatMap(delivery -> delivery.userIds().stream())
                .toList();
    }

    /** What was told of a job by now. */
    public List<JobProgress> progress(String uid) {
        return kafka
                .all(Topic.DELIVERY_OUTCOME, record -> record.key().equals(RecordKey.ofMessage(appKey, uid)))
                .stream()
                .peek(record -> assertThat(header(record, CommandHeaders.TYPE)).isEqualTo(JobProgress.EVENT_TYPE))
                .map(record -> TestKafka.valueOf(record, JobProgress.class))
                .toList();
    }

    public static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    public static RequestSpecification request() {
        return given().header("Authorization", "Bearer " + KEY).contentType(ContentType.JSON);
    }

    @Override
    public void close() {
        kafka.close();
    }
}

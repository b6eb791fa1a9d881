package dev.fanfare.delivery.ledger;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryCount;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.JobProgress.State;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.mailbox.RecordingSessions;
import dev.fanfare.delivery.mailbox.RoutingProfile;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the outcome topic tells is kept once, and told to whoever asks. */
@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class LedgerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String MESSAGE = "/internal/v1/apps/{app}/messages/{uid}";
    private static final MessageUids UIDS = new MessageUids(Clock.systemUTC());
    private static final long NOW = System.currentTimeMillis();

    @Inject
    RecordingSessions sessions;

    @Inject
    HeldMailboxes mailboxes;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "fanfare.internal.key")
    String internalKey;

    private final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    private final String app = "app-" + UUID.randomUUID();
    private final String uid = UIDS.next(MessageKind.SYSTEM);

    @BeforeEach
    void waitForAnAddress() {
        await().until(() -> !mailboxes.isEmpty());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void whatBecameOfAMessageForAUserWhoIsAway() throws Exception {
        // When
        send(DeliveryPolicy.ONLINE_ELSE_PUSH, "anna");

        // Then
        JsonPath report = awaitReport("users.dropped", 1);
        assertThat(report.getString("messageUID")).isEqualTo(uid);
        assertThat(counts(report, "users")).isEqualTo(Map.of("stored", 1, "dropped", 1));
        assertThat(counts(report, "devices")).isEmpty();
        assertThat(report.getList("recipients")).hasSize(1);
        assertThat(report.getString("recipients[0].userId")).isEqualTo("anna");
        assertThat(report.getString("recipients[0].outcome")).isEqualTo("DROPPED");
        assertThat(report.getString("recipients[0].reason")).contains("not online");
        assertThat(report.getLong("recipients[0].time")).isPositive();
        assertThat(report.getList("recipients[0].devices")).isEmpty();
    }

    @Test
    void whatBecameOfAMessageForADeviceThatIsHere() throws Exception {
        // Given
        sessions.connect(app, "anna", "phone");

        // When
        send(DeliveryPolicy.ONLINE_ELSE_PUSH, "anna");

        // Then
        JsonPath report = awaitReport("devices.delivered", 1);
        assertThat(counts(report, "users")).isEqualTo(Map.of("stored", 1, "delivered", 1));
        assertThat(counts(report, "devices")).isEqualTo(Map.of("delivered", 1));
        assertThat(report.getString("recipients[0].outcome")).isEqualTo("STORED");
        assertThat(report.getString("recipients[0].devices[0].deviceId")).isEqualTo("phone");
        assertThat(report.getString("recipients[0].devices[0].outcome")).isEqualTo("DELIVERED");
    }

    @Test
    void whatBecameOfAGroupStatus() throws Exception {
        // Given
        sessions.connect(app, "anna");
        sessions.connect(app, "ben");

        // When
        send(DeliveryPolicy.ONLINE_ONLY, "anna", "ben", "carl", "dora", "emil");

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonPath report = report();
            assertThat(report.getInt("told")).isEqualTo(2);
            assertThat(report.getInt("notOnline")).isEqualTo(3);
        });
        assertThat(counts(report(), "users")).isEmpty();
        assertThat(report().getList("recipients")).isEmpty();
    }

    @Test
    void anOutcomeThatIsToldAgainIsKeptOnce() throws Exception {
        // Given
        double before = readSofar(Kind.PUSHED);
        DeliveryOutcome pushed = ofDevice("anna", "phone", Kind.PUSHED, NOW);
        tell(pushed);
        awaitReport("devices.pushed", 1);

        // When: together and later, by the clock of another node
        tell(pushed);
        tell(pushed);
        tell(ofDevice("anna", "phone", Kind.PUSHED, NOW + 5));
        tell(ofDevice("anna", "tablet", Kind.EXPIRED, NOW));

        // Then
        JsonPath report = awaitReport("devices.expired", 1);
        assertThat(counts(report, "users")).isEqualTo(Map.of("pushed", 1, "expired", 1));
        assertThat(counts(report, "devices")).isEqualTo(Map.of("pushed", 1, "expired", 1));
        assertThat(readSofar(Kind.PUSHED) - before).isGreaterThanOrEqualTo(4);
    }

    @Test
    void theLastOutcomeOfADeviceIsShown() throws Exception {
        // When: a push was refused, repaired and pushed again
        tell(ofDevice("anna", "phone", Kind.REJECTED, NOW));
        tell(ofDevice("anna", "phone", Kind.PUSHED, NOW + 1));

        // Then
        JsonPath report = awaitReport("devices.pushed", 1);
        assertThat(counts(report, "devices")).isEqualTo(Map.of("rejected", 1, "pushed", 1));
        assertThat(report.getMap("recipients[0].devices[0]"))
                .containsEntry("outcome", "PUSHED")
                .containsEntry("provider", "fcm")
                .containsEntry("providerId", "id-1")
                .containsEntry("reason", "because");
        assertThat(report.getLong("recipients[0].devices[0].time")).isEqualTo(NOW + 1);
        assertThat(report.getList("recipients[0].devices")).hasSize(1);
    }

    @Test
    void countsOfAllSourcesAreAddedOnce() throws Exception {
        // Given
        tell(count("node/1", 1, 5, 0));
        tell(count("node/1", 2, 3, 0));
        tell(count("node/1", 2, 3, 0));
        tell(count("node/2", 1, 10, 0));
        awaitReport("told", 18);

        // When: a node's records are read again, and what follows them
        tell(count("node/1", 1, 5, 0));
        tell(count("node/1", 2, 3, 0));
        tell(count("node/1", 3, 1, 0));
        tell(count("direct/4", 0, 0, 7));

        // Then
        JsonPath report = awaitReport("notOnline", 7);
        assertThat(report.getInt("told")).isEqualTo(19);
    }

    @Test
    void howFarAMessageToAllUsersHasComeIsAsItWasToldLast() throws Exception {
        // Given
        tell(progress(State.RUNNING, 500, NOW + 9_000L, NOW));
        tell(progress(State.DONE, 1_000, null, NOW + 5));
        // When: an earlier record is read again
        tell(progress(State.RUNNING, 500, NOW + 9_000L, NOW));
        tell(ofDevice("anna", "phone", Kind.PUSHED, NOW));

        // Then
        awaitReport("devices.pushed", 1);
        JsonPath report = awaitReport("job.users", 1_000);
        assertThat(report.getString("job.state")).isEqualTo("DONE");
        assertThat(report.getInt("job.audience")).isEqualTo(1_000);
        assertThat(report.getInt("job.usersPerSecond")).isEqualTo(20);
        assertThat(report.getMap("job")).containsEntry("endsAt", null).containsEntry("time", NOW + 5);
    }

    @Test
    void aMessageOfWhichOnlyItsJobIsToldIsKnown() throws Exception {
        // When
        tell(progress(State.PAUSED, 0, NOW + 9_000L, NOW));

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> get(app, uid, Map.of()).then().statusCode(200));
        assertThat(report().getString("job.state")).isEqualTo("PAUSED");
        assertThat(report().getLong("job.endsAt")).isEqualTo(NOW + 9_000L);
        assertThat(report().getList("recipients")).isEmpty();
    }

    @Test
    void recipientsComeInPages() throws Exception {
        // Given
        for (String user : List.of("b", "a", "e", "c", "d")) {
            tell(DeliveryOutcome.ofUser(app, user, uid, Kind.STORED, null, NOW));
        }
        awaitReport("users.stored", 5);

        // Then
        assertPage("", "b", "a", "b");
        assertPage("b", "d", "c", "d");
        assertPage("d", null, "e");
        assertPage("e", null);
    }

    @Test
    void anotherAppsMessageIsUnknown() throws Exception {
        // Given
        tell(DeliveryOutcome.ofUser(app, "anna", uid, Kind.STORED, null, NOW));
        awaitReport("users.stored", 1);

        // Then
        get("another-app", uid, Map.of()).then().statusCode(404);
        get(app, UIDS.next(MessageKind.SYSTEM), Map.of()).then().statusCode(404);
    }

    @Test
    void aUserWhoIsForgottenIsForgottenHere() throws Exception {
        // Given
        tell(DeliveryOutcome.ofUser(app, "anna", uid, Kind.STORED, null, NOW));
        tell(DeliveryOutcome.ofUser(app, "ben", uid, Kind.STORED, null, NOW));
        awaitReport("users.stored", 2);

        // When
        given().header("Authorization", "Bearer " + internalKey)
                .delete("/internal/v1/apps/{app}/users/{user}", app, "anna")
                .then()
                .statusCode(204);

        // Then
        assertThat(report().getList("recipients.userId")).isEqualTo(List.of("ben"));
    }

    @Test
    void whatCannotBeKeptHoldsUpNothing() throws Exception {
        // Given: all in one partition
        String key = RecordKey.ofUser(app, "anna");
        DeliveryOutcome nul = new DeliveryOutcome(app, "anna", "a\0b", uid, Kind.PUSHED, null, null, null, NOW);
        DeliveryOutcome noTime =
                new DeliveryOutcome(app, "anna", null, uid, Kind.PUSHED, null, null, null, Long.MAX_VALUE);
        String old =
                MessageUid.derived(Instant.now().minus(Duration.ofDays(30)).toEpochMilli(), app, "request", "anna");

        // When
        send(key, "{".getBytes(StandardCharsets.UTF_8), null);
        send(key, Json.write(nul), null);
        send(key, Json.write(noTime), null);
        send(key, Json.write(Map.of("appKey", app)), null);
        send(key, Json.write(count("node/1", 1, -1, 0)), DeliveryCount.EVENT_TYPE);
        send(key, Json.write(progress(State.RUNNING, -1, null, NOW)), JobProgress.EVENT_TYPE);
        send(key, Json.write(progress(null, 1, null, NOW)), JobProgress.EVENT_TYPE);
        send(key, Json.write(progress(State.RUNNING, 1, -1L, NOW)), JobProgress.EVENT_TYPE);
        send(key, Json.write(Map.of("appKey", app)), "dev.fanfare.delivery.of-a-later-version.v1");
        tell(DeliveryOutcome.ofUser(app, "anna", old, Kind.STORED, null, NOW));
        tell(DeliveryOutcome.ofUser(app, "anna", uid, Kind.STORED, "a\0b", NOW));

        // Then
        JsonPath report = awaitReport("users.stored", 1);
        assertThat(counts(report, "users")).isEqualTo(Map.of("stored", 1));
        assertThat(report.getString("recipients[0].reason")).isEqualTo("ab");
        get(app, old, Map.of()).then().statusCode(404);
        assertThat(kafka.await(Topic.DELIVERY_REJECTED, 8, record -> key.equals(record.key())))
                .hasSize(8)
                .allSatisfy(record -> assertThat(record.headers().lastHeader(RejectedHeaders.POSITION))
                        .isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "x", "99999999999"})
    void aBadLimitIsRefused(String limit) {
        assertThat(get(app, uid, Map.of("limit", limit))
                        .then()
                        .statusCode(400)
                        .extract()
                        .jsonPath()
                        .getString("text"))
                .contains("limit");
    }

    @Test
    void nulIsRefused() {
        get(app, uid, Map.of("after", "\0")).then().statusCode(400);
        get(app, "a\0b", Map.of()).then().statusCode(400);
    }

    @Test
    void onlyServicesMayAsk() {
        given().get(MESSAGE, app, uid).then().statusCode(401);
    }

    private void assertPage(String after, String next, String... users) {
        JsonPath page = get(app, uid, Map.of("limit", "2", "after", after))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(page.getList("recipients.userId")).isEqualTo(List.of(users));
        assertThat(page.getString("next")).isEqualTo(next);
        assertThat(page.getInt("users.stored")).isEqualTo(5);
    }

    private JsonPath awaitReport(String field, int value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(report().getInt(field)).isEqualTo(value));
        return report();
    }

    private JsonPath report() {
        return get(app, uid, Map.of()).then().statusCode(200).extract().jsonPath();
    }

    private Response get(String ofApp, String ofUid, Map<String, String> query) {
        return given().header("Authorization", "Bearer " + internalKey)
                .queryParams(query)
                .get(MESSAGE, ofApp, ofUid);
    }

    /** Those that are not 0. */
    private static Map<String, Integer> counts(JsonPath report, String of) {
        Map<String, Integer> counts = report.getMap(of);
        assertThat(counts).containsOnlyKeys("stored", "delivered", "pushed", "rejected", "expired", "dropped");
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private double readSofar(Kind kind) {
        return metrics.counter(LedgerMetrics.OUTCOMES, LedgerMetrics.RESULT, kind.name())
                .count();
    }

    private void send(DeliveryPolicy policy, String... users) throws Exception {
        ClientMessage message =
                new ClientMessage(uid, ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", "{}", NOW, null);
        DirectDelivery delivery = new DirectDelivery(app, policy, List.of(users), message, null);
        kafka.send(new ProducerRecord<>(Topic.DELIVERY_DIRECT.topicName(), app, Json.write(delivery)));
    }

    private DeliveryOutcome ofDevice(String user, String device, Kind kind, long time) {
        return new DeliveryOutcome(app, user, device, uid, kind, "fcm", "id-1", "because", time);
    }

    private DeliveryCount count(String source, long number, int told, int notOnline) {
        return new DeliveryCount(app, uid, source, number, told, notOnline, NOW);
    }

    private JobProgress progress(State state, long users, Long endsAt, long time) {
        return new JobProgress(app, uid, state, users, 1_000, 20, endsAt, time);
    }

    private void tell(JobProgress progress) throws Exception {
        send(RecordKey.ofMessage(app, uid), Json.write(progress), JobProgress.EVENT_TYPE);
    }

    private void tell(DeliveryOutcome outcome) throws Exception {
        send(RecordKey.ofUser(app, outcome.userId()), Json.write(outcome), null);
    }

    private void tell(DeliveryCount count) throws Exception {
        send(RecordKey.ofMessage(app, uid), Json.write(count), DeliveryCount.EVENT_TYPE);
    }

    private void send(String key, byte[] value, String type) throws Exception {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topic.DELIVERY_OUTCOME.topicName(), key, value);
        if (type != null) {
            record.headers().add(CommandHeaders.TYPE, type.getBytes(StandardCharsets.UTF_8));
        }
        kafka.send(record);
    }
}

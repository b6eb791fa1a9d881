package dev.fanfare.delivery.user;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.device.PushTarget;
import dev.fanfare.delivery.mailbox.RoutingProfile;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Internal HTTP about a user: devices, quiet time, and being forgotten. */
@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class UserResourcesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String REGISTRATION =
            "{\"userId\":\"ignored\",\"provider\":\"apns\",\"token\":\"00ff\",\"environment\":\"sandbox\",\"locale\":\"de\"}";

    @Inject
    Devices devices;

    @Inject
    Pool postgres;

    private final String app = "app-" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"phone", "a/b c"})
    void aDeviceIsRegisteredListedAndRemoved(String device) {
        // When
        register("u1", device).statusCode(204);

        // Then
        list("u1")
                .statusCode(200)
                .body("devices[0].deviceId", equalTo(device))
                .body("devices[0].provider", equalTo("apns"))
                .body("devices[0].environment", equalTo("sandbox"))
                .body("devices[0].locale", equalTo("de"))
                .body(not(containsString("00ff")));

        // When
        call().delete("/internal/v1/apps/{app}/users/{user}/devices/{device}", app, "u1", device)
                .then()
                .statusCode(204);

        // Then
        list("u1").body("devices", empty());
    }

    @Test
    void aBadRegistrationIsRefusedWithItsReason() {
        call().contentType(ContentType.JSON)
                .body("{\"provider\":\"pigeon\"}")
                .put("/internal/v1/apps/{app}/users/{user}/devices/{device}", app, "u1", "phone")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID"))
                .body("text", containsString("provider"));
    }

    @Test
    void aRegistrationWithoutABodyIsRefused() {
        call().put("/internal/v1/apps/{app}/users/{user}/devices/{device}", app, "u1", "phone")
                .then()
                .statusCode(400)
                .body("text", containsString("JSON object"));
    }

    @Test
    void aQuietTimeIsKeptAndHeeded() {
        // Given
        register("u1", "phone").statusCode(204);
        String justNow = LocalTime.now(ZoneOffset.UTC).minusMinutes(1).format(DateTimeFormatter.ofPattern("HH:mm:ss"));

        // When
        quiet("{\"startTime\":\"" + justNow + "\",\"periodMinutes\":60,\"level\":5}")
                .statusCode(204);

        // Then
        call().get("/internal/v1/apps/{app}/users/{user}/quiet-time", app, "u1")
                .then()
                .statusCode(200)
                .body("startTime", equalTo(justNow))
                .body("periodMinutes", equalTo(60))
                .body("level", equalTo(5));
        assertThat(targets()).extracting(PushTarget::quiet).containsExactly(true);

        // When
        call().delete("/internal/v1/apps/{app}/users/{user}/quiet-time", app, "u1")
                .then()
                .statusCode(204);

        // Then
        call().get("/internal/v1/apps/{app}/users/{user}/quiet-time", app, "u1")
                .then()
                .statusCode(204);
        assertThat(targets()).extracting(PushTarget::quiet).containsExactly(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"periodMinutes\":1} | startTime",
                "{\"startTime\":\"24:00:00\",\"periodMinutes\":1} | startTime",
                "{\"startTime\":\"22:00\",\"periodMinutes\":1} | startTime",
                "{\"startTime\":\"22:00:00\"} | periodMinutes",
                "{\"startTime\":\"22:00:00\",\"periodMinutes\":-1} | periodMinutes",
                "{\"startTime\":\"22:00:00\",\"periodMinutes\":1440} | periodMinutes"
            })
    void aBadQuietTimeIsRefused(String body, String text) {
        quiet(body).statusCode(400).body("text", containsString(text));
    }

    @Test
    void aForgottenUserLeavesNothing() {
        // Given
        fill("u1");
        fill("u2");

        // When
        call().delete("/internal/v1/apps/{app}/users/{user}", app, "u1").then().statusCode(204);

        // Then
        for (String table : List.of(
                "inbox",
                "inbox_message",
                "inbox_position",
                "device",
                "quiet_time",
                "push_sent",
                "push_dead_letter",
                "ledger_outcome")) {
            assertThat(usersIn(table)).as(table).containsExactly("u2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /devices",
        "PUT, /devices/d",
        "DELETE, /devices/d",
        "GET, /quiet-time",
        "PUT, /quiet-time",
        "DELETE, /quiet-time",
        "DELETE, ''"
    })
    void onlyFanfaresOwnServicesMayCall(String method, String path) {
        given().contentType(ContentType.JSON)
                .body("{}")
                .request(method, "/internal/v1/apps/" + app + "/users/u1" + path)
                .then()
                .statusCode(401);
    }

    @Test
    void whilePostgresIsAwayCallersAreToldSo() {
        // Given
        TestInfrastructure.shared().stopPostgres();
        try {
            // Then
            list("u1").statusCode(503).body("reason", equalTo("UNAVAILABLE"));
            register("u1", "phone").statusCode(503);
        } finally {
            TestInfrastructure.shared().startPostgres();
        }
    }

    private void fill(String user) {
        register(user, "phone", "\"00" + Integer.toHexString(user.hashCode() & 0xFFFF | 0x1000) + "\"")
                .statusCode(204);
        for (String sql : List.of(
                "create table if not exists delivery.inbox_message_20200101 partition of delivery.inbox_message"
                        + " for values from ('2020-01-01') to ('2020-01-02')",
                "insert into delivery.inbox values ('%s', '%s', '1', 1)",
                "insert into delivery.inbox_message values ('%s', '%s', 'uid', '2020-01-01', 1, '')",
                "insert into delivery.inbox_position values ('%s', '%s', 'phone', '1', 1)",
                "create table if not exists delivery.push_sent_20200101 partition of delivery.push_sent"
                        + " for values from ('2020-01-01') to ('2020-01-02')",
                "insert into delivery.push_sent values ('%s', '%s', 'uid', 'phone', '2020-01-01', 'fcm')",
                "insert into delivery.push_dead_letter (app_key, user_id, message_uid, device_id, provider, cause, reason,"
                        + " attempts, died_at, job) values ('%s', '%s', 'uid', 'phone', 'fcm', 'EXPIRED', '', 1, now(), '')",
                "create table if not exists delivery.ledger_outcome_20200101 partition of delivery.ledger_outcome"
                        + " for values from ('2020-01-01') to ('2020-01-02')",
                "insert into delivery.ledger_outcome (app_key, user_id, message_uid, device_id, outcome, day, told_at)"
                        + " values ('%s', '%s', 'uid', 'phone', 'PUSHED', '2020-01-01', now())",
                "insert into delivery.quiet_time values ('%s', '%s', '22:00', 1, 1)")) {
            postgres.query(sql.formatted(app, user)).execute().await().atMost(LIMIT);
        }
    }

    private List<String> usersIn(String table) {
        return postgres.query("select user_id from delivery." + table + " where app_key = '" + app + "'")
                .execute()
                .map(rows -> {
                    List<String> users = new ArrayList<>();
                    rows.forEach(row -> users.add(row.getString(0)));
                    return users;
                })
                .await()
                .atMost(LIMIT);
    }

    private List<PushTarget> targets() {
        return devices.of(List.of(new DeviceRef(app, "u1", "phone"))).await().atMost(LIMIT);
    }

    private ValidatableResponse list(String user) {
        return call().get("/internal/v1/apps/{app}/users/{user}/devices", app, user)
                .then();
    }

    private ValidatableResponse register(String user, String device) {
        return register(user, device, "\"00ff\"");
    }

    private ValidatableResponse register(String user, String device, String token) {
        return call().contentType(ContentType.JSON)
                .body(REGISTRATION.replace("\"00ff\"", token))
                .put("/internal/v1/apps/{app}/users/{user}/devices/{device}", app, user, device)
                .then();
    }

    private ValidatableResponse quiet(String body) {
        return call().contentType(ContentType.JSON)
                .body(body)
                .put("/internal/v1/apps/{app}/users/{user}/quiet-time", app, "u1")
                .then();
    }

    private static RequestSpecification call() {
        return given().header("Authorization", "Bearer internal-key-of-the-tests");
    }
}

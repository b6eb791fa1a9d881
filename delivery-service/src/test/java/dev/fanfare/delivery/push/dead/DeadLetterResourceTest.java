package dev.fanfare.delivery.push.dead;

import static dev.fanfare.delivery.push.PushFixture.caller;
import static dev.fanfare.delivery.push.PushFixture.credential;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.push.PushFixture;
import dev.fanfare.delivery.push.PushProfile;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.ScriptedProvider;
import dev.fanfare.delivery.push.ScriptedProvider.Sent;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(PushProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class DeadLetterResourceTest {

    private static final String PATH = "/admin/push/dead";

    @Inject
    ScriptedProvider.One one;

    @Inject
    Devices devices;

    @Inject
    Pool pool;

    private PushFixture fixture;
    private String app;

    @BeforeEach
    void open() {
        fixture = new PushFixture(devices, pool);
        app = fixture.app;
        credential(app, "one", "key");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatIsRejectedForMoreThanItsTokenIsListed() throws Exception {
        // Given
        reject("u1", "M1", "PayloadTooLarge");
        reject("u2", "M2", "BadTopic");

        // When
        JsonPath all = list("");
        JsonPath first = list("&limit=1");

        // Then
        assertThat(all.getList("letters.messageUID", String.class)).containsExactly("M1", "M2");
        assertThat(all.getString("letters[0].userId")).isEqualTo("u1");
        assertThat(all.getString("letters[0].deviceId")).isEqualTo("phone");
        assertThat(all.getString("letters[0].provider")).isEqualTo("one");
        assertThat(all.getString("letters[0].cause")).isEqualTo("REJECTED");
        assertThat(all.getString("letters[0].reason")).isEqualTo("PayloadTooLarge");
        assertThat(all.getInt("letters[0].attempts")).isEqualTo(1);
        assertThat(all.getString("letters[0].push.content")).isEqualTo("hello");
        assertThat(all.getString("next")).isNull();
        assertThat(first.getList("letters.messageUID", String.class)).containsExactly("M1");
        assertThat(list("&limit=1&after=" + first.getLong("next")).getList("letters.messageUID", String.class))
                .containsExactly("M2");
        assertThat(list("&reason=BadTopic").getList("letters.messageUID", String.class))
                .containsExactly("M2");
        assertThat(list("&provider=other").getList("letters")).isEmpty();
    }

    @Test
    void anEditedLetterIsReplayedOnceAndGone() throws Exception {
        // Given
        reject("u1", "M1", "PayloadTooLarge");
        long id = list("").getLong("letters[0].id");

        // When
        caller().body("{\"content\":\"short\",\"data\":\"d\"}")
                .patch(PATH + "/{id}", id)
                .then()
                .statusCode(200)
                .body("push.content", equalTo("short"))
                .body("push.data", equalTo("d"));
        caller().post(PATH + "/{id}/replay", id).then().statusCode(200).body("replayed", equalTo(1));

        // Then
        assertThat(fixture.outcomes("u1", 2))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.REJECTED, Kind.PUSHED);
        assertThat(one.sentTo(app)).extracting(Sent::body).containsExactly("hello", "short");
        caller().get(PATH + "/{id}", id).then().statusCode(404);
        caller().post(PATH + "/{id}/replay", id).then().statusCode(404);
    }

    @Test
    void whatExpiredAfterItWasTriedIsReplayedWithAllThatTheFilterFits() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        PushJob job = fixture.job("u1", "M1", "phone");
        long soon = Instant.now().plusSeconds(3).toEpochMilli();
        PushJob urgent =
                new PushJob(app, "u1", job.deviceIds(), job.message(), job.push(), soon, null, null, null, null);
        for (int i = 0; i < 20; i++) {
            one.willAnswer(app, new Unavailable("ServiceUnavailable", null, Scope.PUSH));
        }
        fixture.push(urgent);
        DeliveryOutcome expired = fixture.outcomes("u1", 1).get(0);
        one.willAccept(app);
        reject("u2", "M2", "BadTopic");

        // When
        caller().post(PATH + "/replay?app={app}&reason=ServiceUnavailable", app)
                .then()
                .statusCode(200)
                .body("replayed", equalTo(1))
                .body("more", equalTo(false));

        // Then
        assertThat(expired.outcome()).isEqualTo(Kind.EXPIRED);
        assertThat(expired.reason()).isEqualTo("ServiceUnavailable");
        assertThat(list("").getList("letters.messageUID", String.class)).containsExactly("M2");
        assertThat(fixture.outcomes("u1", 2))
                .extracting(DeliveryOutcome::outcome)
                .containsExactly(Kind.EXPIRED, Kind.PUSHED);
    }

    @Test
    void aProviderThatGivesNoReasonHoldsUpNothing() throws Exception {
        // When
        reject("u1", "M1", null);
        reject("u2", "M2", "bad\0");

        // Then
        assertThat(list("").getList("letters.reason", String.class)).containsExactly("", "bad");
    }

    @Test
    void aDeletedLetterIsGone() throws Exception {
        // Given
        reject("u1", "M1", "BadTopic");
        long id = list("").getLong("letters[0].id");

        // When
        caller().delete(PATH + "/{id}", id).then().statusCode(204);

        // Then
        caller().delete(PATH + "/{id}", id).then().statusCode(404);
        assertThat(list("").getList("letters")).isEmpty();
    }

    @Test
    void anInvalidTokenIsNoDeadLetter() throws Exception {
        // Given
        fixture.device("u1", "phone", "one");
        one.willAnswer(app, new Rejected("Unregistered", Instant.now().plusSeconds(1)));
        fixture.push(fixture.job("u1", "M1", "phone"));

        // When
        fixture.outcomes("u1", 1);

        // Then
        assertThat(list("").getList("letters")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "after=x"})
    void aPageThatIsNoneIsRefused(String query) {
        caller().get(PATH + "?" + query).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"content\":{}}"})
    void anEditThatIsNoneIsRefused(String body) throws Exception {
        reject("u1", "M1", "BadTopic");
        long id = list("").getLong("letters[0].id");

        caller().body(body).patch(PATH + "/{id}", id).then().statusCode(400);
        caller().get(PATH + "/{id}", id)
                .then()
                .body("push.content", equalTo("hello"))
                .body("push.title", nullValue());
    }

    @Test
    void nobodyComesInWithoutTheKey() {
        given().get(PATH).then().statusCode(401);
        given().get(PATH + "/1").then().statusCode(401);
        given().contentType("application/json")
                .body("{}")
                .patch(PATH + "/1")
                .then()
                .statusCode(401);
        given().post(PATH + "/1/replay").then().statusCode(401);
        given().post(PATH + "/replay").then().statusCode(401);
        given().delete(PATH + "/1").then().statusCode(401);
    }

    private void reject(String user, String uid, String reason) throws Exception {
        fixture.device(user, "phone", "one");
        one.willAnswer(app, new Rejected(reason, null));
        fixture.push(fixture.job(user, uid, "phone"));
        assertThat(fixture.outcomes(user, 1))
                .extracting(DeliveryOutcome::outcome)
                .isEqualTo(List.of(Kind.REJECTED));
    }

    private JsonPath list(String more) {
        return caller().get(PATH + "?app=" + app + more)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}

package dev.fanfare.delivery.push.credential;

import static dev.fanfare.delivery.push.PushFixture.PATIENCE;
import static dev.fanfare.delivery.push.PushFixture.caller;
import static dev.fanfare.delivery.push.PushFixture.credential;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.push.PushFixture;
import dev.fanfare.delivery.push.PushProfile;
import dev.fanfare.delivery.push.ScriptedProvider;
import dev.fanfare.delivery.push.ScriptedProvider.Sent;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
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
class CredentialResourceTest {

    private static final String PATH = "/internal/v1/apps/{app}/push/{provider}";

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
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatWasEnteredIsShownByNameOnlyAndKeptEncrypted() {
        // When
        credential(app, "one", "plain-secret");

        // Then
        caller().get(PATH, app, "one")
                .then()
                .statusCode(200)
                .body("provider", equalTo("one"))
                .body("settings", contains("key"))
                .body("updatedAt", notNullValue())
                .body(not(containsString("plain-secret")));
        caller().get("/internal/v1/apps/{app}/push", app)
                .then()
                .statusCode(200)
                .body("provider", contains("one"))
                .body(not(containsString("plain-secret")));
        byte[] kept = pool.preparedQuery("select settings from delivery.push_credential where app_key = $1")
                .execute(Tuple.of(app))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getBuffer(0)
                .getBytes();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .isNotEmpty()
                .doesNotContain("plain-secret")
                .doesNotContain("key");
    }

    @Test
    void aCheckAsksTheProvider() {
        // Given
        credential(app, "one", "good");

        // When
        var checked = caller().post(PATH + "/check", app, "one").then();

        // Then
        checked.statusCode(200).body("provider", equalTo("one")).body("problem", nullValue());
        caller().post(PATH + "/check", app, "two").then().statusCode(404);
    }

    @Test
    void anotherCredentialIsUsedSoonAndTheSenderOfTheOneBeforeClosed() throws Exception {
        // Given
        credential(app, "one", "first-" + app);
        fixture.device("u1", "phone", "one");
        fixture.push(fixture.job("u1", "M0", "phone"));
        fixture.outcomes("u1", 1);

        // When
        credential(app, "one", "second-" + app);

        // Then
        awaitEndOf("first-" + app);
        fixture.push(fixture.job("u1", "M1", "phone"));
        fixture.outcomes("u1", 2);
        assertThat(one.sentTo(app)).extracting(Sent::key).containsExactly("first-" + app, "second-" + app);
    }

    @Test
    void aDeletedCredentialIsNotUsedAnyMore() throws Exception {
        // Given
        credential(app, "one", "gone-" + app);
        fixture.device("u1", "phone", "one");
        fixture.push(fixture.job("u1", "M0", "phone"));
        fixture.outcomes("u1", 1);

        // When
        caller().delete(PATH, app, "one").then().statusCode(204);

        // Then
        awaitEndOf("gone-" + app);
        caller().get(PATH, app, "one").then().statusCode(404);
        caller().delete(PATH, app, "one").then().statusCode(404);
        caller().get("/internal/v1/apps/{app}/push", app).then().statusCode(200).body("$", hasSize(0));
        fixture.push(fixture.job("u1", "M1", "phone"));
        List<DeliveryOutcome> outcomes = fixture.outcomes("u1", 2);
        assertThat(outcomes).extracting(DeliveryOutcome::outcome).containsExactly(Kind.PUSHED, Kind.DROPPED);
    }

    @Test
    void theProviderSaysWhatIsWrongWithACredential() {
        caller().body("{\"key\":\"wrong\"}")
                .put(PATH, app, "one")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID"))
                .body("text", equalTo("the setting key must be a key that is not wrong"));
        caller().get(PATH, app, "one").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{\"key\":null}", "{\"key\":{}}", "\"key\""})
    void aBodyThatIsNoObjectOfTextsIsRefused(String body) {
        caller().body(body).put(PATH, app, "one").then().statusCode(400).body("text", notNullValue());
    }

    @Test
    void aProviderThatIsNotKnownIsRefused() {
        caller().body("{\"key\":\"k\"}")
                .put(PATH, app, "pigeon")
                .then()
                .statusCode(404)
                .body("text", containsString("one, "));
    }

    @Test
    void nobodyComesInWithoutTheKey() {
        given().get(PATH, app, "one").then().statusCode(401);
        given().get("/internal/v1/apps/{app}/push", app).then().statusCode(401);
        given().contentType("application/json")
                .body("{\"key\":\"k\"}")
                .put(PATH, app, "one")
                .then()
                .statusCode(401);
        given().delete(PATH, app, "one").then().statusCode(401);
    }

    /** A sender was opened to look whether the credential is good, and one to push with. */
    private void awaitEndOf(String key) {
        await().atMost(PATIENCE).until(() -> Collections.frequency(one.closed(), key) == 2);
    }
}

package dev.fanfare.broadcast.internal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.fanfare.broadcast.AppUnderTest;
import dev.fanfare.broadcast.Commands;
import dev.fanfare.broadcast.job.JobStore;
import dev.fanfare.broadcast.job.NewJob;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class BroadcastsApiTest {

    private static final List<String> UIDS =
            List.of("5FGT-7VA9-G4DD-0003", "5FGT-7VA9-G4DD-0002", "5FGT-7VA9-G4DD-0001");

    @Inject
    Pool pool;

    @Inject
    JobStore store;

    private AppUnderTest app;

    @BeforeEach
    void open() {
        app = new AppUnderTest(pool);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        // Given
        keepAll();

        // Then
        app.get("").statusCode(200).body("broadcasts.messageUID", equalTo(UIDS));
        app.get("?limit=2").body("broadcasts.messageUID", contains(UIDS.get(0), UIDS.get(1)));
        app.get("?limit=2&after=" + UIDS.get(1)).body("broadcasts.messageUID", contains(UIDS.get(2)));
        app.get("?state=RUNNING").body("broadcasts", empty());
        app.get("?state=DONE").body("broadcasts.size()", equalTo(3));
    }

    @Test
    void tellsWhatABroadcastIsAndNotWhatItSays() {
        // Given
        keepAll();

        // Then
        app.get("/" + UIDS.get(0))
                .statusCode(200)
                .body("messageUID", equalTo(UIDS.get(0)))
                .body("state", equalTo("DONE"))
                .body("inApp", equalTo("KEPT"))
                .body("pushTo", equalTo("NONE"))
                .body("fromUserId", equalTo("shop"))
                .body("createdAt", notNullValue())
                .body("endedAt", notNullValue())
                .body("content", equalTo(null));
    }

    @Test
    void knowsOnlyTheBroadcastsOfTheApp() {
        // Given
        keepAll();

        // Then
        try (AppUnderTest other = new AppUnderTest(pool)) {
            other.get("/" + UIDS.get(0)).statusCode(404).body("reason", equalTo("UNKNOWN"));
            other.post("/" + UIDS.get(0) + "/cancel").statusCode(404);
            other.get("").body("broadcasts", empty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?state=GONE", "?limit=0", "?limit=101", "?limit=ten", "?after=x", "/x"})
    void refusesWhatItCannotRead(String path) {
        // Then
        app.get(path).statusCode(400).body("reason", equalTo("INVALID"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "cancel"})
    void refusesToChangeWhatIsAtItsEnd(String action) {
        // Given
        keepAll();

        // Then
        app.post("/" + UIDS.get(0) + "/" + action)
                .statusCode(409)
                .body("reason", equalTo("NOT_NOW"))
                .body("text", equalTo("the broadcast is DONE"));
        app.post("/x/" + action).statusCode(400);
    }

    @Test
    void letsOnlyFanfareIn() {
        // Then
        String path = "/internal/apps/" + app.key() + "/broadcasts";
        given().get(path).then().statusCode(401).body("reason", equalTo("UNAUTHORIZED"));
        given().header("Authorization", "Bearer guessed").get(path).then().statusCode(401);
    }

    private void keepAll() {
        var command = Commands.text(InApp.KEPT, PushTo.NONE, null);
        store.add(Stream.of(UIDS.get(1), UIDS.get(2), UIDS.get(0))
                        .map(uid -> NewJob.running(app.key(), command.as(uid, null), 1, null))
                        .toList())
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}

package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.BroadcastServer;
import dev.fanfare.gateway.fixture.GatewayTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages to all users that are under way or to come, which belong to broadcast-service. */
@GatewayTest
class BroadcastEndpointsTest {

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    @Test
    void areListed() {
        // When
        Answer plain = call("GET", "");
        Answer chosen = call("GET", "?state=SCHEDULED&after=" + BroadcastServer.DONE + "&limit=7");

        // Then
        Map<String, ?> broadcast = Map.of("messageUID", BroadcastServer.RUNNING, "app", app.appKey());
        plain.isSuccessWith(Map.of("broadcasts", List.of(broadcast), "asked", "limit=100"));
        assertThat(chosen.isSuccess().body().path("asked").asText().split("&"))
                .containsExactlyInAnyOrder("state=SCHEDULED", "after=" + BroadcastServer.DONE, "limit=7");
    }

    @Test
    void oneIsShown() {
        call("GET", "/" + BroadcastServer.RUNNING)
                .isSuccessWith(Map.of("messageUID", BroadcastServer.RUNNING, "state", "RUNNING"));
    }

    @ParameterizedTest
    @CsvSource({"pause, PAUSED", "resume, RUNNING", "cancel, CANCELLED"})
    void isChanged(String action, String state) {
        call("POST", "/" + BroadcastServer.RUNNING + "/" + action)
                .isSuccessWith(Map.of("messageUID", BroadcastServer.RUNNING, "state", state));
    }

    @Test
    void whatItsStateDoesNotAllowIsRefusedInTheServicesWords() {
        call("POST", "/" + BroadcastServer.DONE + "/cancel").isRefused(409, 409).says(BroadcastServer.WHY_NOT);
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "POST, /pause", "POST, /resume", "POST, /cancel"})
    void isNotKnownOrItsServiceIsAway(String method, String action) {
        call(method, "/5FGT-7VA9-G4DD-4V50" + action).isRefused(404, 404).says("message");
        call(method, "/" + BroadcastServer.AWAY + action).isRefused(504, 1050).says("broadcast-service");
        call(method, "/" + BroadcastServer.LOST + action).isRefused(504, 1050);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ?state=GONE, state",
        "GET, ?state=running, state",
        "GET, ?limit=0, limit",
        "GET, ?limit=101, limit",
        "GET, ?limit=x, limit",
        "GET, ?after=tom, after",
        "GET, /tom, messageUID",
        "GET, /, messageUID",
        "POST, /tom/pause, messageUID",
        "POST, /5FGT-7VA9-G4DD-4V5P/pause?messageUID=5FGT-7VA9-G4DD-4V5Q, messageUID"
    })
    void aBadQueryIsRefused(String method, String path, String text) {
        call(method, path).isRefused(400, 1002).says(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/5FGT-7VA9-G4DD-4V5P/stop", "/5FGT-7VA9-G4DD-4V5P/pause/now", "/5FGT-7VA9-G4DD-4V5P/"})
    void otherPathsAreNone(String path) {
        call("POST", path).isRefused(404, 404).says("Not a valid API");
    }

    @ParameterizedTest
    @CsvSource({"PUT, '', 'GET, POST'", "DELETE, /5FGT-7VA9-G4DD-4V5P, GET", "GET, /5FGT-7VA9-G4DD-4V5P/pause, POST"})
    void otherMethodsAreNamed(String method, String path, String allowed) {
        Answer answer = call(method, path);
        answer.isRefused(405, 1002);
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void onlyTheAppItselfMayCall() {
        // Given
        BackEnd stranger = new BackEnd(app.appKey(), "another secret");

        // Then
        BackEnd.send(stranger.signed(Calls.BROADCASTS + "/" + BroadcastServer.RUNNING + "/cancel", "")
                        .POST(BodyPublishers.noBody())
                        .build())
                .isRefused(401, 1004);
    }

    private Answer call(String method, String path) {
        return BackEnd.send(app.signed(Calls.BROADCASTS + path, "")
                .method(method, BodyPublishers.noBody())
                .build());
    }
}

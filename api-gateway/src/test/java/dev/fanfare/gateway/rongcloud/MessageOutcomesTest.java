package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.OutcomeServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What became of a message, which delivery-service knows. */
@GatewayTest
class MessageOutcomesTest {

    private static final String MESSAGES = "/fanfare/v1/messages/";
    private static final String KNOWN = MESSAGES + OutcomeServer.KNOWN;

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    @Test
    void whatBecameOfAMessageIsTold() {
        Map<String, Object> counts = Map.of("stored", 1, "delivered", 0);
        get(KNOWN)
                .isSuccessWith(Map.of(
                        "messageUID",
                        OutcomeServer.KNOWN,
                        "users",
                        counts,
                        "devices",
                        counts,
                        "told",
                        0,
                        "notOnline",
                        0,
                        "recipients",
                        List.of(Map.of(
                                "userId",
                                "first of 100",
                                "outcome",
                                "STORED",
                                "time",
                                1_700_000_000_000L,
                                "devices",
                                List.of())),
                        "next",
                        "first of 100"));
    }

    @ParameterizedTest
    @CsvSource({"?limit=1, first of 1", "?limit=1000&after=a%26b%2Bc%20%E6%B1%A4, after a&b+c 汤 of 1000"})
    void aPageIsAskedFor(String query, String user) {
        // When
        Answer answer = get(KNOWN + query).isSuccess();

        // Then
        assertThat(answer.body().path("recipients").path(0).path("userId").asText())
                .isEqualTo(user);
    }

    @Test
    void aMessageThatIsNotKnownIsNotFound() {
        get(MESSAGES + "5FGT-7VA9-G4DD-0000").isRefused(404, 404).says("message");
    }

    @ParameterizedTest
    @CsvSource({
        "'', messageUID",
        "x, messageUID",
        "5fgt-7va9-g4dd-4v5p, messageUID",
        "5FGT-7VA9-G4DD-4V5P?messageUID=5FGT-7VA9-G4DD-4V5P, messageUID",
        "5FGT-7VA9-G4DD-4V5P?limit=0, limit",
        "5FGT-7VA9-G4DD-4V5P?limit=1001, limit",
        "5FGT-7VA9-G4DD-4V5P?limit=x, limit",
        "5FGT-7VA9-G4DD-4V5P?after=a&after=b, after",
        "5FGT-7VA9-G4DD-4V5P?after=%00, after"
    })
    void aBadQueryIsRefused(String call, String text) {
        get(MESSAGES + call).isRefused(400, 1002).says(text);
    }

    @Test
    void aCursorThatIsTooLongIsRefused() {
        get(KNOWN + "?after=" + "x".repeat(65)).isRefused(400, 1005).says("after");
    }

    @Test
    void itIsReadOnly() {
        // When
        Answer answer = BackEnd.send(app.signed(KNOWN, "").DELETE().build());

        // Then
        answer.isRefused(405, 1002);
        assertThat(answer.header("Allow")).isEqualTo("GET");
    }

    @Test
    void onlyTheAppItselfMayAsk() {
        // Given
        BackEnd stranger = new BackEnd(app.appKey(), "another secret");

        // Then
        BackEnd.send(stranger.signed(KNOWN, "").GET().build()).isRefused(401, 1004);
    }

    @Test
    void withoutDeliveryServiceTheCallerIsToldToTryAgain() {
        get(MESSAGES + OutcomeServer.AWAY).isRefused(504, 1050);
    }

    private Answer get(String path) {
        return BackEnd.send(
                app.signed(path, "").method("GET", BodyPublishers.noBody()).build());
    }
}

package dev.fanfare.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.GatewayTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@GatewayTest
class PushCredentialsTest {

    private static final Map<String, String> CREDENTIAL = Map.of("key", "hidden");

    private String path;

    @BeforeEach
    void createApp() {
        path = "/" + BackEnd.create().appKey() + "/push";
    }

    @Test
    void aCredentialIsPassedOnAndShownAsDeliveryServiceShowsIt() {
        // When
        Answer put = BackEnd.admin("PUT", path + "/apns", CREDENTIAL);

        // Then
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body().toString()).doesNotContain("hidden");
        Answer shown = BackEnd.admin("GET", path + "/apns", null);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().path("settings").path(0).asText()).isEqualTo("key");
        assertThat(BackEnd.admin("GET", path, null)
                        .body()
                        .path(0)
                        .path("provider")
                        .asText())
                .isEqualTo("apns");
    }

    @Test
    void aCheckIsPassedOn() {
        // When
        Answer checked = BackEnd.admin("POST", path + "/apns/check", Map.of());

        // Then
        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.body().path("provider").asText()).isEqualTo("apns");
    }

    @Test
    void aDeletedCredentialIsGone() {
        // Given
        BackEnd.admin("PUT", path + "/apns", CREDENTIAL);

        // When
        Answer deleted = BackEnd.admin("DELETE", path + "/apns", null);

        // Then
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body().path("provider").asText()).isEqualTo("apns");
        isRefused(BackEnd.admin("GET", path + "/apns", null), 404, "NO_SUCH_CREDENTIAL");
    }

    @Test
    void whatDeliveryServiceRefusesIsTold() {
        isRefused(BackEnd.admin("PUT", path + "/apns", Map.of("other", "x")), 400, "INVALID");
        isRefused(BackEnd.admin("PUT", path + "/pigeon", CREDENTIAL), 404, "NO_SUCH_PROVIDER");
        isRefused(BackEnd.admin("DELETE", path + "/apns", null), 404, "NO_SUCH_CREDENTIAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "silent"})
    void aDeliveryServiceThatDoesNotAnswerIsUnavailable(String provider) {
        isRefused(BackEnd.admin("PUT", path + "/" + provider, CREDENTIAL), 503, "UNAVAILABLE");
    }

    @ParameterizedTest
    @CsvSource({"GET, /push", "GET, /push/apns", "PUT, /push/apns", "DELETE, /push/apns", "POST, /push/apns/check"})
    void anAppThatIsNotThereHasNone(String method, String rest) {
        Map<String, String> body = method.equals("PUT") ? CREDENTIAL : null;
        isRefused(BackEnd.admin(method, "/no-such-app" + rest, body), 404, "NO_SUCH_APP");
    }

    private static void isRefused(Answer answer, int status, String reason) {
        assertThat(answer.body().path("reason").asText()).isEqualTo(reason);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("text").asText()).isNotBlank();
    }
}

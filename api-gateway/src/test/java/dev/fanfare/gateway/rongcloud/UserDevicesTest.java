package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices, quiet times and the end of a user, which all belong to delivery-service. */
@GatewayTest
class UserDevicesTest {

    private static final String DEVICES = "/fanfare/v1/devices";
    private static final String QUIET = "/user/blockPushPeriod/";
    private static final Form TOM = Form.of("userId", "tom");

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    @Test
    void aDeviceIsRegisteredListedAndRemoved() {
        // When
        register("tom", "phone").isSuccessWith(Map.of());

        // Then
        call("GET", DEVICES + "?userId=tom")
                .isSuccessWith(Map.of(
                        "devices",
                        List.of(Map.of(
                                "deviceId",
                                "phone",
                                "provider",
                                "fcm",
                                "environment",
                                "production",
                                "registeredAt",
                                1_700_000_000_000L))));

        // When
        call("DELETE", DEVICES + "?userId=tom&deviceId=phone").isSuccessWith(Map.of());

        // Then
        call("GET", DEVICES + "?userId=tom").isSuccessWith(Map.of("devices", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "a+b", "a&b=c", "a%2Fb", "汤姆", "a?b#c"})
    void anyIdWillDo(String id) {
        // Given
        register(id, id).isSuccess();
        String escaped = escape(id);

        // Then
        assertThat(call("GET", DEVICES + "?userId=" + escaped)
                        .body()
                        .path("devices")
                        .path(0)
                        .path("deviceId")
                        .asText())
                .isEqualTo(id);

        // When
        call("DELETE", "/fanfare/v1/users/" + escaped).isSuccess();

        // Then
        call("GET", DEVICES + "?userId=" + escaped).isSuccessWith(Map.of("devices", List.of()));
    }

    @Test
    void whatDeliveryServiceDoesNotTakeIsRefusedInItsWords() {
        app.postJson(DEVICES, Map.of("userId", "tom", "deviceId", "phone", "provider", "fcm"))
                .isRefused(400, 1002)
                .says("token is required");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /fanfare/v1/devices, userId",
        "GET, /fanfare/v1/devices?userId=, userId",
        "GET, /fanfare/v1/devices?userId=.., dots",
        "GET, /fanfare/v1/devices?userId=a&userId=b, userId",
        "DELETE, /fanfare/v1/devices?userId=tom, deviceId",
        "DELETE, /fanfare/v1/devices?deviceId=phone, userId",
        "DELETE, /fanfare/v1/devices?userId=tom&deviceId=., dots",
        "DELETE, /fanfare/v1/users/, userId",
        "DELETE, /fanfare/v1/users/%20, userId",
        "DELETE, /fanfare/v1/users/tom?userId=tim, userId"
    })
    void aBadQueryIsRefused(String method, String path, String text) {
        call(method, path).isRefused(400, 1002).says(text);
    }

    @Test
    void anIdThatIsTooLongIsRefused() {
        // Given
        String tooLong = "x".repeat(65);

        // Then
        call("GET", DEVICES + "?userId=" + tooLong).isRefused(400, 1005);
        call("DELETE", DEVICES + "?userId=tom&deviceId=" + tooLong).isRefused(400, 1005);
        call("DELETE", "/fanfare/v1/users/" + tooLong).isRefused(400, 1005);
    }

    @ParameterizedTest
    @CsvSource({"PUT, /fanfare/v1/devices, 'DELETE, GET, POST'", "GET, /fanfare/v1/users/tom, DELETE"})
    void otherMethodsAreNamed(String method, String path, String allowed) {
        // When
        Answer answer = call(method, path);

        // Then
        answer.isRefused(405, 1002);
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /fanfare/v1/devices?userId=tom",
        "DELETE, /fanfare/v1/devices?userId=tom&deviceId=phone",
        "DELETE, /fanfare/v1/users/tom"
    })
    void onlyTheAppItselfMayCall(String method, String path) {
        // Given
        BackEnd stranger = new BackEnd(app.appKey(), "another secret");

        // Then
        BackEnd.send(stranger.signed(path, "")
                        .method(method, BodyPublishers.noBody())
                        .build())
                .isRefused(401, 1004);
    }

    @Test
    void aUserHasOneQuietTime() {
        // Given
        app.post(QUIET + "set.json", TOM.and("startTime", "22:00:00").and("period", 60))
                .isSuccessWith(Map.of());

        // When
        app.post(
                        QUIET + "set.json",
                        TOM.and("startTime", "23:59:59").and("period", 100).and("level", 5))
                .isSuccessWith(Map.of());

        // Then
        app.post(QUIET + "get.json", TOM)
                .isSuccessWith(Map.of("data", Map.of("startTime", "23:59:59", "period", 100, "level", 5)));
    }

    @Test
    void theLowestLevelIsTheDefault() {
        // When
        app.post(QUIET + "set.json", TOM.and("startTime", "00:00:00").and("period", 1439))
                .isSuccess();

        // Then
        app.post(QUIET + "get.json", TOM)
                .isSuccessWith(Map.of("data", Map.of("startTime", "00:00:00", "period", 1439, "level", 1)));
    }

    @Test
    void aQuietTimeIsTakenBack() {
        // Given
        app.post(QUIET + "set.json", TOM.and("startTime", "22:00:00").and("period", 0))
                .isSuccess();

        // When
        app.post(QUIET + "delete.json", TOM).isSuccessWith(Map.of());

        // Then
        app.post(QUIET + "get.json", TOM).isSuccessWith(Map.of("data", Map.of()));
    }

    @Test
    void aForgottenUserHasNothing() {
        // Given
        register("tom", "phone").isSuccess();
        app.post(QUIET + "set.json", TOM.and("startTime", "22:00:00").and("period", 60))
                .isSuccess();

        // When
        call("DELETE", "/fanfare/v1/users/tom").isSuccessWith(Map.of());

        // Then
        call("GET", DEVICES + "?userId=tom").isSuccessWith(Map.of("devices", List.of()));
        app.post(QUIET + "get.json", TOM).isSuccessWith(Map.of("data", Map.of()));
    }

    @Test
    void withoutDeliveryServiceTheCallerIsToldToTryAgain() {
        register("away", "phone").isRefused(504, 1050).says("delivery-service");
        call("GET", DEVICES + "?userId=away").isRefused(504, 1050);
        app.post(QUIET + "get.json", Form.of("userId", "away")).isRefused(504, 1050);
    }

    private Answer register(String user, String device) {
        return app.postJson(DEVICES, Map.of("userId", user, "deviceId", device, "provider", "fcm", "token", "t"));
    }

    private Answer call(String method, String path) {
        return BackEnd.send(
                app.signed(path, "").method(method, BodyPublishers.noBody()).build());
    }

    private static String escape(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

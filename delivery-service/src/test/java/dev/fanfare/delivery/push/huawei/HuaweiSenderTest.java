package dev.fanfare.delivery.push.huawei;

import static dev.fanfare.delivery.push.Pushes.EXPIRES_AT;
import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.answer;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.device;
import static dev.fanfare.delivery.push.Pushes.header;
import static dev.fanfare.delivery.push.Pushes.message;
import static dev.fanfare.delivery.push.Pushes.push;
import static dev.fanfare.delivery.push.Pushes.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.PushSenderContract;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.huawei.FakeHuawei;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiSenderTest extends PushSenderContract {

    private FakeHuawei huawei;

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        huawei = new FakeHuawei(vertx, 0);
        return huawei;
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new HuaweiProvider(http);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("client-id", "client-secret");
    }

    @Override
    protected String serverError() {
        return "503";
    }

    @Test
    void notification() throws Exception {
        // When
        PushResult result = send(push(
                phone(),
                Map.of(
                        "channelId", "orders",
                        "importance", "LOW",
                        "image", "https://example.com/a.png",
                        "category", "EXPRESS",
                        "thread-id", "Apple's")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .isNotBlank());
        assertThat(received().request()).startsWith("POST /v1/101234567/messages:send\n");
        assertThat(header(received().request(), "content-type")).isEqualTo("application/json; charset=UTF-8");
        JsonNode request = json(body(received().request()));
        ObjectNode android = (ObjectNode) request.path("message").path("android");
        String ttl = android.remove("ttl").textValue();
        assertThat(Long.parseLong(ttl.substring(0, ttl.length() - 1)))
                .isCloseTo(Duration.between(Instant.now(), EXPIRES_AT).toSeconds(), within(30L));
        ObjectNode expected = (ObjectNode)
                json(
                        """
                {"validate_only":false,"message":{
                 "android":{"category":"EXPRESS","notification":{"title":"Shop","body":"Your parcel",
                  "click_action":{"type":3},"tag":"5FGT-7VA9-G4DD-4V5P","channel_id":"orders","importance":"LOW",
                  "image":"https://example.com/a.png"}}}}""");
        ((ObjectNode) expected.path("message")).putArray("token").add(token);
        JsonNode data =
                json(((ObjectNode) request.path("message")).remove("data").textValue());
        assertThat(request).isEqualTo(expected);
        assertThat(data.path("appData").textValue()).isEqualTo("order 7");
        assertThat(json(data.path("rc").textValue()))
                .isEqualTo(
                        json(
                                """
                {"cType":"SYS","fId":"shop","oName":"RC:TxtMsg","tId":"shop","rId":"bob","id":"5FGT-7VA9-G4DD-4V5P"}"""));
        assertThat(received().id()).isEqualTo(UID);
    }

    @Test
    void silentPushIsDataOnly() throws Exception {
        // When
        PushResult result = send(silent(phone()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(json(body(received().request()))
                        .path("message")
                        .path("android")
                        .has("notification"))
                .isFalse();
        assertThat(received().data()).isEqualTo("order 7");
    }

    @Test
    void withoutTitleTheSenderStandsIn() {
        // When
        PushResult result = send(push(phone(), null, "Your parcel", null, Map.of("importance", "SOMEHOW")));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().title()).isEqualTo("shop");
    }

    @Test
    void expiredPushIsTriedOnce() {
        // When
        PushResult result = send(new Push(phone(), "Shop", "late", null, false, message(UID), Map.of(), Instant.EPOCH));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
    }

    @Test
    void projectIsSentToByTheSecondVersion() throws Exception {
        // Given
        try (PushSender project = provider.open(credential(huawei, "project-id", FakeHuawei.PROJECT_ID))) {

            // When
            PushResult result = answer(project.send(push(phone())));

            // Then
            assertThat(result).isInstanceOf(Accepted.class);
            assertThat(received().request()).startsWith("POST /v2/736430079244623/messages:send\n");
        }
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        // Given
        String text = "😀包".repeat(3000);

        // When
        PushResult result = send(push(phone(), "Shop", text, "order 7", Map.of()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().body()).endsWith("…").hasSizeGreaterThan(500);
    }

    @Test
    void dataThatLeavesNoRoomIsRejected() {
        // When
        PushResult result = send(push(phone(), "Shop", "Your parcel", "x".repeat(4096), Map.of()));

        // Then
        assertThat(result).isEqualTo(new Rejected("the data leaves no room for a text", null));
    }

    @Test
    void oneAccessTokenForAll() {
        // When
        List<CompletableFuture<PushResult>> results = Stream.generate(
                        () -> sender.send(push(phone())).subscribeAsCompletionStage())
                .limit(20)
                .toList();

        // Then
        assertThat(results).allSatisfy(result -> assertThat(result.join()).isInstanceOf(Accepted.class));
        assertThat(huawei.accessTokens().given()).isEqualTo(1);
    }

    @Test
    void expiredAccessTokenIsRenewedOnce() {
        // Given
        send(push(phone()));
        huawei.accessTokens().revoke();

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(huawei.accessTokens().given()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"80200001, 80200001", "80200003, 80200003", "401, status 401"})
    void accessTokensThatAreAlwaysRefused(String error, String reason) {
        // Given
        huawei.fail(error, 2);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isEqualTo(new Unavailable(reason, null, Scope.CREDENTIAL));
        assertThat(huawei.accessTokens().given()).isEqualTo(2);
    }

    @Test
    void secretThatIsWrong() throws Exception {
        // Given
        try (PushSender stranger = provider.open(credential(huawei, "client-secret", "guessed"))) {

            // When
            PushResult result = answer(stranger.send(push(phone())));

            // Then
            assertThat(result).isEqualTo(new Unavailable("no access token: 1101", null, Scope.CREDENTIAL));
        }
    }

    @Test
    void uninstalledApp() {
        // Given
        huawei.invalidate(token);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertInvalidNow(result, "80300007");
    }

    @Test
    void someTokensOfOne() {
        // Given
        huawei.fail("80100000", 1);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertInvalidNow(result, "80100000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80100001",
                "80100003",
                "80100004",
                "80100013",
                "80100016",
                "80100017",
                "80100018",
                "80300002",
                "80300008",
                "80300010",
                "80300011",
                "80300013"
            })
    void errorsOfTheMessage(String code) {
        // Given
        huawei.fail(code, 1);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isEqualTo(new Rejected(code, null));
    }

    @ParameterizedTest
    @CsvSource({
        "81000001, 81000001,",
        "80600003, 80600003,",
        "404, status 404,",
        "500, status 500,",
        "502, status 502,",
        "503, status 503, 30"
    })
    void errorsThatPass(String error, String reason, Integer retryAfter) {
        // Given
        huawei.fail(error, 1);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result)
                .isEqualTo(new Unavailable(
                        reason, retryAfter == null ? null : Duration.ofSeconds(retryAfter), Scope.CREDENTIAL));
        assertThat(send(push(phone()))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            client-id, a/b, client-id must be
            app-id, ../x, app-id must be
            project-id, a b, project-id must be
            url, nonsense, url must be
            token-url, nonsense, token-url must be""")
    void settingsThatAreWrong(String setting, String value, String message) {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(huawei, setting, value)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith(message);
    }

    private Device phone() {
        return device("huawei", token);
    }

    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text);
    }

    private static void assertInvalidNow(PushResult result, String reason) {
        assertThat(result).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.tokenInvalidAt()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
        });
    }
}

package dev.fanfare.delivery.push.fcm;

import static dev.fanfare.delivery.push.Pushes.EXPIRES_AT;
import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.answer;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.device;
import static dev.fanfare.delivery.push.Pushes.message;
import static dev.fanfare.delivery.push.Pushes.ofZim;
import static dev.fanfare.delivery.push.Pushes.push;
import static dev.fanfare.delivery.push.Pushes.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

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
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.fcm.FakeFcm;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.Keys;
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

class FcmSenderTest extends PushSenderContract {

    private FakeFcm fcm;

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        fcm = new FakeFcm(vertx, 0);
        return fcm;
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new FcmProvider(http);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("service-account");
    }

    @Override
    protected String serverError() {
        return "UNAVAILABLE";
    }

    @Test
    void notification() throws Exception {
        // When
        PushResult result = send(push(
                phone(),
                Map.of("channelId", "orders", "imageUrl", "https://example.com/a.png", "thread-id", "Apple's")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .startsWith("projects/fanfare-demo/messages/"));
        JsonNode message = json(received()).path("message");
        long ttl = ttl(message);
        assertThat(ttl).isCloseTo(Duration.between(Instant.now(), EXPIRES_AT).toSeconds(), within(30L));
        ((ObjectNode) message.path("android")).remove("ttl");
        ObjectNode expected = (ObjectNode)
                json(
                        """
                {"data":{"appData":"order 7"},
                 "notification":{"title":"Shop","body":"Your parcel","image":"https://example.com/a.png"},
                 "android":{"collapse_key":"5FGT-7VA9-G4DD-4V5P","priority":"HIGH",
                  "notification":{"tag":"5FGT-7VA9-G4DD-4V5P","channel_id":"orders"}}}""");
        expected.put("token", token);
        ((ObjectNode) expected.path("data"))
                .put(
                        "rc",
                        "{\"cType\":\"SYS\",\"fId\":\"shop\",\"oName\":\"RC:TxtMsg\",\"tId\":\"shop\",\"rId\":\"bob\","
                                + "\"id\":\"5FGT-7VA9-G4DD-4V5P\"}");
        assertThat(message).isEqualTo(expected);
        assertThat(received().id()).isEqualTo(UID);
    }

    @Test
    void aMessageOfZimHasItsPayloadAndNothingOfRongCloud() throws Exception {
        // When
        PushResult result = send(ofZim(phone(), Map.of("imageUrl", "https://example.com/a.png")));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        JsonNode message = json(received()).path("message");
        assertThat(message.path("data")).isEqualTo(json("{\"payload\":\"order 7\"}"));
        assertThat(message.path("notification"))
                .isEqualTo(
                        json(
                                """
                {"title":"Shop","body":"Your parcel","image":"https://example.com/a.png"}"""));
        assertThat(received().data()).isEqualTo("order 7");
    }

    @Test
    void collapseKeyOfPushExt() throws Exception {
        // When
        send(push(phone(), Map.of("collapse_key", "parcel-7")));

        // Then
        JsonNode android = json(received()).path("message").path("android");
        assertThat(android.path("collapse_key").textValue()).isEqualTo("parcel-7");
        assertThat(android.path("notification").path("tag").textValue()).isEqualTo(UID);
    }

    @Test
    void silentPushIsDataOnly() throws Exception {
        // When
        PushResult result = send(silent(phone()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        JsonNode message = json(received()).path("message");
        assertThat(message.has("notification")).isFalse();
        assertThat(message.path("android").has("notification")).isFalse();
        assertThat(message.path("android").path("priority").textValue()).isEqualTo("NORMAL");
        assertThat(message.path("data").path("appData").textValue()).isEqualTo("order 7");
    }

    @Test
    void expiredPushIsTriedOnce() throws Exception {
        // Given
        Push push = new Push(phone(), "Shop", "late", null, false, message(UID), Map.of(), Instant.EPOCH);

        // When
        send(push);

        // Then
        assertThat(ttl(json(received()).path("message"))).isZero();
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        // Given
        String text = "😀包".repeat(3000);

        // When
        PushResult result = send(push(phone(), "Shop", text, "order 7", Map.of()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().body()).endsWith("…").hasSizeGreaterThan(1000);
        assertThat(text)
                .startsWith(received().body().substring(0, received().body().length() - 1));
    }

    @Test
    void dataThatLeavesNoRoomIsRejected() {
        // When
        PushResult result = send(push(phone(), "Shop", "Your parcel", "x".repeat(4096), Map.of()));

        // Then
        assertThat(result).isEqualTo(new Rejected("the data leaves no room for a text", null));
        assertThat(fcm.received()).isEmpty();
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
        assertThat(send(push(phone()))).isInstanceOf(Accepted.class);
        assertThat(fcm.accessTokens().given()).isEqualTo(1);
    }

    @Test
    void accessTokenIsRenewedBeforeItExpires() {
        // Given
        fcm.accessTokenValidity(Duration.ofSeconds(1));
        send(push(phone()));

        // When
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> send(push(phone())) instanceof Accepted
                        && fcm.accessTokens().given() > 1);

        // Then
        assertThat(fcm.accessTokens().refused()).isZero();
    }

    @Test
    void refusedAccessTokenIsRenewedOnce() {
        // Given
        send(push(phone()));
        fcm.accessTokens().revoke();

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(fcm.accessTokens().given()).isEqualTo(2);
    }

    @Test
    void accessTokensThatAreAlwaysRefused() {
        // Given
        fcm.fail("UNAUTHENTICATED", 2);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isEqualTo(new Unavailable("UNAUTHENTICATED", null, Scope.CREDENTIAL));
        assertThat(fcm.accessTokens().given()).isEqualTo(2);
    }

    @Test
    void serviceAccountThatIsRefused() throws Exception {
        // Given
        ObjectNode account = (ObjectNode) json(fcm.credential().get("service-account"));
        account.put("private_key", Keys.pem(Keys.rsa().getPrivate()));
        try (PushSender stranger = provider.open(credential(fcm, "service-account", account.toString()))) {

            // When
            PushResult result = answer(stranger.send(push(phone())));

            // Then
            assertThat(result).isEqualTo(new Unavailable("no access token: invalid_grant", null, Scope.CREDENTIAL));
        }
    }

    @Test
    void uninstalledApp() {
        // Given
        fcm.invalidate(token);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertInvalidNow(result, "UNREGISTERED");
    }

    @Test
    void tokenThatIsNone() {
        // When
        PushResult result = send(push(device("fcm", "nonsense")));

        // Then
        assertInvalidNow(result, "INVALID_ARGUMENT");
    }

    @ParameterizedTest
    @CsvSource({"INVALID_ARGUMENT, INVALID_ARGUMENT", "SENDER_ID_MISMATCH, SENDER_ID_MISMATCH"})
    void errorsOfTheMessage(String error, String reason) {
        // Given
        fcm.fail(error, 1);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isEqualTo(new Rejected(reason, null));
    }

    @ParameterizedTest
    @CsvSource({
        "QUOTA_EXCEEDED, QUOTA_EXCEEDED, 30",
        "UNAVAILABLE, UNAVAILABLE, 30",
        "INTERNAL, INTERNAL,",
        "UNSPECIFIED_ERROR, UNSPECIFIED_ERROR,",
        "BAD_GATEWAY, status 502,"
    })
    void errorsThatPass(String error, String reason, Integer retryAfter) {
        // Given
        fcm.fail(error, 1);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result)
                .isEqualTo(new Unavailable(
                        reason, retryAfter == null ? null : Duration.ofSeconds(retryAfter), Scope.CREDENTIAL));
        assertThat(send(push(phone()))).isInstanceOf(Accepted.class);
    }

    @Test
    void keyOfTheProjectThatIsWrong() {
        // Given
        fcm.fail("THIRD_PARTY_AUTH_ERROR", 2);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isEqualTo(new Unavailable("THIRD_PARTY_AUTH_ERROR", null, Scope.CREDENTIAL));
    }

    @Test
    void serverThatIsNotThere() throws Exception {
        // Given
        try (PushSender lost = provider.open(credential(fcm, "url", "http://127.0.0.1:1"))) {

            // When, then
            assertThatThrownBy(() -> answer(lost.send(push(phone())))).hasMessageContaining("refused");
        }
    }

    @Test
    void tokenEndpointThatIsNotThere() throws Exception {
        // Given
        try (PushSender lost = provider.open(credential(fcm, "token-url", "http://127.0.0.1:1"))) {

            // When, then
            assertThatThrownBy(() -> answer(lost.send(push(phone())))).hasMessageContaining("refused");
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            service-account, not JSON, service-account must be
            service-account, '{"project_id":"p"}', service-account must be
            service-account, '{"project_id":"p","client_email":"e","private_key":"k"}', service-account must be
            service-account, '{"project_id":"a b","client_email":"e","private_key":"k"}', service-account must be
            url, ftp://example.com, url must be
            url, https://example.com/?a=b, url must be
            token-url, nonsense, token-url must be""")
    void settingsThatAreWrong(String setting, String value, String message) {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(fcm, setting, value)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith(message);
    }

    private Device phone() {
        return device("fcm", token);
    }

    private static long ttl(JsonNode message) {
        String ttl = message.path("android").path("ttl").textValue();
        return Long.parseLong(ttl.substring(0, ttl.length() - 1));
    }

    private static JsonNode json(ReceivedPush received) throws Exception {
        return json(body(received.request()));
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

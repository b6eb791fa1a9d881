package dev.fanfare.delivery.push.webpush;

import static dev.fanfare.delivery.push.Pushes.EXPIRES_AT;
import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.answer;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.device;
import static dev.fanfare.delivery.push.Pushes.header;
import static dev.fanfare.delivery.push.Pushes.message;
import static dev.fanfare.delivery.push.Pushes.ofMessage;
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
import dev.fanfare.fakes.webpush.FakeWebPush;
import io.vertx.mutiny.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushSenderTest extends PushSenderContract {

    private FakeWebPush service;

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        service = new FakeWebPush(vertx, 0);
        return service;
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new WebPushProvider(http, vertx);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("public-key", "private-key", "subject");
    }

    @Override
    protected String serverError() {
        return "503";
    }

    /** A client chose the service: it must not be able to stop others, not even by what it says of our key. */
    @Override
    protected Scope scopeOfServerErrors() {
        return Scope.PUSH;
    }

    @Test
    void notification() throws Exception {
        // When
        PushResult result = send(push(browser(), Map.of("image", "https://example.com/a.png")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .startsWith(service.url() + "/m/"));
        assertThat(json(body(received().request())))
                .isEqualTo(
                        json(
                                """
                {"messageUID":"5FGT-7VA9-G4DD-4V5P","title":"Shop","body":"Your parcel","image":"https://example.com/a.png",
                 "appData":"order 7",
                 "rc":{"cType":"SYS","fId":"shop","oName":"RC:TxtMsg","tId":"shop","rId":"bob","id":"5FGT-7VA9-G4DD-4V5P"}}"""));
        assertThat(header(received().request(), "topic")).isEqualTo(UID);
        assertThat(header(received().request(), "urgency")).isEqualTo("high");
        assertThat(Long.parseLong(header(received().request(), "ttl")))
                .isCloseTo(Duration.between(Instant.now(), EXPIRES_AT).toSeconds(), within(30L));
    }

    @Test
    void silentPush() throws Exception {
        // When
        PushResult result = send(silent(browser()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        JsonNode fields = json(body(received().request()));
        assertThat(fields.has("body")).isFalse();
        assertThat(fields.path("appData").textValue()).isEqualTo("order 7");
        assertThat(header(received().request(), "urgency")).isEqualTo("normal");
    }

    @Test
    void expiredPushIsTriedOnce() {
        // When
        send(new Push(browser(), "Shop", "late", null, false, message(UID), Map.of(), Instant.EPOCH));

        // Then
        assertThat(header(received().request(), "ttl")).isEqualTo("0");
    }

    @Test
    void messageIdThatIsNoTopicIsDigested() {
        // When
        PushResult result = send(ofMessage(browser(), message("an id with spaces")));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().id()).matches("[\\w-]{32}");
    }

    @Test
    void longTextIsCutToWhatEveryServiceTakes() {
        // Given
        String text = "😀包".repeat(3000);

        // When
        PushResult result = send(push(browser(), "Shop", text, "order 7", Map.of()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(body(received().request()).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(3985, 3993);
        assertThat(received().body()).endsWith("…");
    }

    @Test
    void dataThatLeavesNoRoomIsRejected() {
        // When
        PushResult result = send(push(browser(), "Shop", "Your parcel", "x".repeat(4000), Map.of()));

        // Then
        assertThat(result).isEqualTo(new Rejected("the data leaves no room for a text", null));
    }

    @Test
    void subscriptionThatHasEnded() {
        // Given
        service.invalidate(token);

        // When
        PushResult result = send(push(browser()));

        // Then
        assertInvalidNow(result, "status 410");
    }

    @Test
    void subscriptionThatNeverWas() {
        // Given
        String other = token.replaceAll("/wpush/v2/[^\"]*", "/wpush/v2/none");

        // When
        PushResult result = send(push(device("webpush", other)));

        // Then
        assertInvalidNow(result, "status 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "413"})
    void errorsOfTheMessage(String status) {
        // Given
        service.fail(status, 1);

        // When
        PushResult result = send(push(browser()));

        // Then
        assertThat(result).isEqualTo(new Rejected("status " + status, null));
    }

    @ParameterizedTest
    @CsvSource({"401,", "403,", "429, 30", "500,", "502,", "503, 30"})
    void errorsThatPassConcernThisPushOnly(String status, Integer retryAfter) {
        // Given
        service.fail(status, 1);

        // When
        PushResult result = send(push(browser()));

        // Then
        assertThat(result)
                .isEqualTo(new Unavailable(
                        "status " + status, retryAfter == null ? null : Duration.ofSeconds(retryAfter), Scope.PUSH));
        assertThat(send(push(browser()))).isInstanceOf(Accepted.class);
    }

    @Test
    void subscriptionOfAnotherKey() throws Exception {
        // Given
        try (FakeWebPush other = new FakeWebPush(vertx(), 0)) {

            // When
            PushResult result = send(push(device("webpush", other.newToken())));

            // Then
            assertThat(result).isEqualTo(new Unavailable("status 403", null, Scope.PUSH));
        }
    }

    @Test
    void loopbackIsRefusedUnlessAllowed() throws Exception {
        // Given
        try (PushSender careful = provider.open(credential(service, "allow-loopback", null))) {

            // When
            PushResult result = answer(careful.send(push(browser())));

            // Then
            assertInvalidNow(result, "the subscription's endpoint may not be called");
            assertThat(service.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/a",
                "https://localhost/a",
                "https://[::1]/a",
                "https://2130706433/a",
                "https://10.1.2.3/a",
                "https://169.254.169.254/latest/meta-data",
                "http://8.8.8.8/a"
            })
    void endpointsThatMayNotBeCalled(String endpoint) throws Exception {
        // Given
        try (PushSender careful = provider.open(credential(service, "allow-loopback", "false"))) {
            ObjectNode subscription = (ObjectNode) json(token);
            subscription.put("endpoint", endpoint);

            // When
            PushResult result = answer(careful.send(push(device("webpush", subscription.toString()))));

            // Then
            assertThat(result).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                    .isIn("the subscription's endpoint may not be called", "the token is not a subscription"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            nonsense
            {}
            {"endpoint":"https://example.com"}
            {"endpoint":"https://example.com","keys":{"p256dh":"BA","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}
            {"endpoint":"https://u:p@example.com","keys":KEYS}
            {"endpoint":"https://example.com/#a","keys":KEYS}
            {"endpoint":"mailto:a@example.com","keys":KEYS}
            {"endpoint":"not a url","keys":KEYS}
            {"endpoint":"https://example.com","keys":{"p256dh":"POINT","auth":"short"}}
            {"endpoint":"https://example.com","keys":{"p256dh":"POINT","auth":"?"}}""")
    void tokensThatAreNoSubscription(String text) throws Exception {
        // Given
        JsonNode keys = json(token).path("keys");
        String none = text.replace("KEYS", keys.toString())
                .replace("POINT", keys.path("p256dh").textValue());

        // When
        PushResult result = send(push(device("webpush", none)));

        // Then
        assertInvalidNow(result, "the token is not a subscription");
    }

    @Test
    void nameThatCannotBeResolved() throws Exception {
        // Given
        ObjectNode subscription = (ObjectNode) json(token);
        subscription.put("endpoint", "https://push.invalid/a");

        // When, then
        assertThatThrownBy(() -> send(push(device("webpush", subscription.toString()))))
                .hasMessageContaining("cannot be resolved");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            public-key, nonsense, public-key must be
            public-key, BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4, public-key must be the one
            private-key, '?', private-key must be
            private-key, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, private-key must be
            subject, somebody, subject must be
            allow-loopback, perhaps, allow-loopback must be""")
    void settingsThatAreWrong(String setting, String value, String message) {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(service, setting, value)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith(message);
    }

    private Device browser() {
        return device("webpush", token);
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

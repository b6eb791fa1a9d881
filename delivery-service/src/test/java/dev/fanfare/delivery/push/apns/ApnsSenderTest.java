package dev.fanfare.delivery.push.apns;

import static dev.fanfare.delivery.push.Pushes.EXPIRES_AT;
import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.answer;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.device;
import static dev.fanfare.delivery.push.Pushes.header;
import static dev.fanfare.delivery.push.Pushes.message;
import static dev.fanfare.delivery.push.Pushes.ofMessage;
import static dev.fanfare.delivery.push.Pushes.ofZim;
import static dev.fanfare.delivery.push.Pushes.push;
import static dev.fanfare.delivery.push.Pushes.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.delivery.device.Device;
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
import dev.fanfare.fakes.apns.FakeApns;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.Keys;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.vertx.mutiny.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApnsSenderTest extends PushSenderContract {

    private static EventLoopGroup eventLoops;

    private FakeApns apns;

    @BeforeAll
    static void startConnections() {
        eventLoops = new NioEventLoopGroup(1);
    }

    @AfterAll
    static void endConnections() {
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        apns = new FakeApns(vertx, 0);
        return apns;
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new ApnsProvider(eventLoops);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("key", "key-id", "team-id", "topic");
    }

    @Override
    protected String serverError() {
        return "InternalServerError";
    }

    @Test
    void alert() throws Exception {
        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .isNotBlank());
        ReceivedPush received = received();
        assertThat(received.token()).isEqualTo(token);
        assertThat(json(received))
                .isEqualTo(
                        json(
                                """
                {"aps":{"alert":{"title":"Shop","body":"Your parcel"},"sound":"default"},
                 "rc":{"cType":"SYS","fId":"shop","oName":"RC:TxtMsg","tId":"shop","rId":"bob","id":"5FGT-7VA9-G4DD-4V5P"},
                 "appData":"order 7"}"""));
        assertThat(header(received.request(), "apns-topic")).isEqualTo(FakeApns.TOPIC);
        assertThat(header(received.request(), "apns-push-type")).isEqualTo("alert");
        assertThat(header(received.request(), "apns-priority")).isEqualTo("10");
        assertThat(header(received.request(), "apns-collapse-id")).isEqualTo(UID);
        assertThat(header(received.request(), "apns-expiration")).isEqualTo(Long.toString(EXPIRES_AT.getEpochSecond()));
    }

    @Test
    void aMessageOfZimHasItsPayloadAndNothingOfRongCloud() throws Exception {
        // When
        PushResult result = send(
                ofZim(phone(), Map.of("thread-id", "t1", "badgeIncrement", "2", "richMediaUri", "https://e/i.png")));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(json(received()))
                .isEqualTo(
                        json(
                                """
                {"aps":{"alert":{"title":"Shop","body":"Your parcel"},"badge":2,"sound":"default","thread-id":"t1",
                  "mutable-content":1},
                 "payload":"order 7","richMediaUri":"https://e/i.png"}"""));
        assertThat(received().data()).isEqualTo("order 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5", "9999999999"})
    void aBadgeThatIsNoNumberIsLeftOut(String badge) throws Exception {
        // When
        send(push(phone(), Map.of("badge", badge)));

        // Then
        assertThat(json(received()).path("aps").has("badge")).isFalse();
    }

    @Test
    void withoutTitleTheAlertIsText() throws Exception {
        // When
        send(push(phone(), null, "Your parcel", null, Map.of()));

        // Then
        assertThat(json(received()).path("aps").path("alert").textValue()).isEqualTo("Your parcel");
        assertThat(json(received()).has("appData")).isFalse();
    }

    @Test
    void silentPushWakesAndShowsNothing() throws Exception {
        // When
        PushResult result = send(silent(phone()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(json(received()).path("aps")).isEqualTo(json("{\"content-available\":1}"));
        assertThat(json(received()).path("appData").textValue()).isEqualTo("order 7");
        assertThat(header(received().request(), "apns-push-type")).isEqualTo("background");
        assertThat(header(received().request(), "apns-priority")).isEqualTo("5");
    }

    @Test
    void optionsOfPushExt() throws Exception {
        // When
        send(push(
                phone(),
                Map.of(
                        "thread-id", "orders",
                        "interruption-level", "time-sensitive",
                        "category", "parcel",
                        "richMediaUri", "https://example.com/parcel.png",
                        "apns-collapse-id", "parcel-7",
                        "channelId", "not Apple's")));

        // Then
        JsonNode payload = json(received());
        assertThat(payload.path("aps"))
                .isEqualTo(
                        json(
                                """
                {"alert":{"title":"Shop","body":"Your parcel"},"sound":"default","thread-id":"orders",
                 "interruption-level":"time-sensitive","category":"parcel","mutable-content":1}"""));
        assertThat(payload.path("richMediaUri").textValue()).isEqualTo("https://example.com/parcel.png");
        assertThat(received().id()).isEqualTo("parcel-7");
    }

    @Test
    void collapseIdThatIsTooLongIsNotUsed() {
        // When
        PushResult result = send(push(phone(), Map.of("apns-collapse-id", "ü".repeat(33))));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().id()).isEqualTo(UID);
    }

    @Test
    void groupConversation() throws Exception {
        // Given
        ClientMessage message = new ClientMessage(UID, ConversationType.GROUP, "g7", "ann", "My:Card", "{}", 1L, null);

        // When
        send(ofMessage(phone(), message));

        // Then
        assertThat(json(received()).path("rc"))
                .isEqualTo(
                        json(
                                """
                {"cType":"GRP","fId":"ann","oName":"My:Card","tId":"g7","rId":"bob","id":"5FGT-7VA9-G4DD-4V5P"}"""));
    }

    @Test
    void longTextIsCutBetweenCharacters() throws Exception {
        // Given
        String text = "a" + "😀包".repeat(3000);

        // When
        PushResult result = send(push(phone(), "Shop", text, "order 7", Map.of()));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        String shown = received().body();
        assertThat(shown).endsWith("…");
        assertThat(text).startsWith(shown.substring(0, shown.length() - 1));
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown)).isTrue();
        assertThat(body(received().request()).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4090, 4096);
    }

    @Test
    void dataThatLeavesNoRoomIsRejected() {
        // When
        PushResult result = send(push(phone(), "Shop", "Your parcel", "x".repeat(4096), Map.of()));

        // Then
        assertThat(result).isEqualTo(new Rejected("PayloadTooLarge", null));
        assertThat(apns.received()).isEmpty();
    }

    @Test
    void deviceIsGoneSinceTheTimestampThatAppleGives() {
        // Given
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        apns.invalidate(token);
        Instant after = Instant.now();

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo("Unregistered");
            assertThat(rejected.tokenInvalidAt()).isBetween(before, after);
        });
    }

    @Test
    void unknownToken() {
        // When
        PushResult result = send(push(device("apns", "ab".repeat(32))));

        // Then
        assertInvalidNow(result, "BadDeviceToken");
    }

    @Test
    void tokenOfAnotherApp() {
        // When
        PushResult result = send(push(device("apns", token, FakeApns.TOPIC + ".watch")));

        // Then
        assertInvalidNow(result, "DeviceTokenNotForTopic");
    }

    @Test
    void topicOfAnotherTeam() {
        // When
        PushResult result = send(push(device("apns", token, "com.example")));

        // Then
        assertThat(result).isEqualTo(new Rejected("TopicDisallowed", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BadCollapseId",
                "BadExpirationDate",
                "BadMessageId",
                "BadPriority",
                "BadTopic",
                "DuplicateHeaders",
                "InvalidPushType",
                "MissingDeviceToken",
                "MissingTopic",
                "PayloadEmpty",
                "TopicDisallowed",
                "BadPath",
                "MethodNotAllowed",
                "PayloadTooLarge"
            })
    void errorsOfTheMessage(String reason) {
        // Given
        apns.fail(reason, 1);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isEqualTo(new Rejected(reason, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BadDeviceToken", "DeviceTokenNotForTopic", "ExpiredToken", "Unregistered"})
    void errorsOfTheToken(String reason) {
        // Given
        apns.fail(reason, 1);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertInvalidNow(result, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "TooManyRequests, PUSH",
        "IdleTimeout, PUSH",
        "TooManyProviderTokenUpdates, CREDENTIAL",
        "BadCertificate, CREDENTIAL",
        "BadCertificateEnvironment, CREDENTIAL",
        "ExpiredProviderToken, CREDENTIAL",
        "Forbidden, CREDENTIAL",
        "InvalidProviderToken, CREDENTIAL",
        "MissingProviderToken, CREDENTIAL",
        "UnrelatedKeyIdInToken, CREDENTIAL",
        "BadEnvironmentKeyIdInToken, CREDENTIAL",
        "InternalServerError, CREDENTIAL",
        "ServiceUnavailable, CREDENTIAL",
        "Shutdown, CREDENTIAL"
    })
    void errorsThatPass(String reason, Scope scope) {
        // Given
        apns.fail(reason, 1);

        // When
        PushResult result = send(push(phone()));

        // Then
        assertThat(result).isEqualTo(new Unavailable(reason, null, scope));
        assertThat(send(push(phone()))).isInstanceOf(Accepted.class);
    }

    @Test
    void keyOfSomebodyElse() throws Exception {
        // Given
        try (PushSender stranger =
                provider.open(credential(apns, "key", Keys.pem(Keys.ec().getPrivate())))) {

            // When
            PushResult result = answer(stranger.send(push(phone())));

            // Then
            assertThat(result).isEqualTo(new Unavailable("InvalidProviderToken", null, Scope.CREDENTIAL));
        }
    }

    @Test
    void serverThatIsNotThere() throws Exception {
        // Given
        try (PushSender lost = provider.open(credential(apns, "url", "https://127.0.0.1:1"))) {

            // When, then
            assertThatThrownBy(() -> answer(lost.send(push(phone())))).hasMessageContaining("refused");
        }
    }

    @Test
    void serverThatIsNotTrusted() throws Exception {
        // Given
        try (PushSender careful = provider.open(credential(apns, "ca", null))) {

            // When, then
            assertThatThrownBy(() -> answer(careful.send(push(phone())))).hasStackTraceContaining("certification path");
        }
    }

    @Test
    void messageIdThatIsNoCollapseIdIsDigested() {
        // Given
        String uid = "ü".repeat(40);

        // When
        PushResult first = send(ofMessage(phone(), message(uid)));
        PushResult again = send(ofMessage(phone(), message(uid)));

        // Then
        assertThat(first).isInstanceOf(Accepted.class);
        assertThat(again).isInstanceOf(Accepted.class);
        assertThat(apns.received().stream().map(ReceivedPush::id).distinct())
                .singleElement()
                .asString()
                .hasSizeBetween(16, 64);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            key, not a key, key must be
            key-id, short, key-id must be
            team-id, ABCDEFGHIJK, team-id must be
            topic, not a topic, topic must be
            url, http://127.0.0.1:1, url must be https
            url, nonsense, url must be
            ca, nonsense, ca must be""")
    void settingsThatAreWrong(String setting, String value, String message) {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(apns, setting, value)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void keyOfAnotherKindIsNamedAndNotRepeated() {
        // Given
        String rsa = Keys.pem(Keys.rsa().getPrivate());

        // When, then
        assertThatThrownBy(() -> provider.open(credential(apns, "key", rsa)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith("key must be")
                .hasMessageNotContaining(rsa.lines().toList().get(1));
    }

    private Device phone() {
        return device("apns", token);
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

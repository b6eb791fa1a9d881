package dev.fanfare.delivery.push.honor;

import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.device;
import static dev.fanfare.delivery.push.Pushes.header;
import static dev.fanfare.delivery.push.Pushes.push;
import static dev.fanfare.delivery.push.Pushes.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.PushSenderContract;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.fakes.honor.FakeHonor;
import dev.fanfare.fakes.http.FakeHttpProvider;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HonorSenderTest extends PushSenderContract {

    private FakeHonor honor;

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        honor = new FakeHonor(vertx, 0);
        return honor;
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new HonorProvider(http);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("app-id", "client-id", "client-secret");
    }

    @Override
    protected String serverError() {
        return "81000001";
    }

    @Test
    void notification() throws Exception {
        // When
        PushResult result = send(pushToPhone(Map.of("importance", "NORMAL", "image", "https://shop/i.png")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .isNotBlank());
        ObjectNode message = message();
        ObjectNode android = (ObjectNode) message.path("android");
        assertThat(android.remove("ttl").asText()).matches("10[0-9]{3}s");
        assertThat(Json.mapper().readTree(message.remove("data").asText()))
                .isEqualTo(Json.mapper()
                        .readTree(
                                """
                        {"appData":"order 7",
                         "rc":{"cType":"SYS","fId":"shop","oName":"RC:TxtMsg","tId":"shop","rId":"bob","id":"%s"}}"""
                                        .formatted(UID)));
        assertThat(message)
                .isEqualTo(Json.mapper()
                        .readTree(
                                """
                        {"android":{"biTag":"%1$s","targetUserType":0,"notification":{"title":"Shop","body":"Your parcel",
                          "style":1,"bigTitle":"Shop","bigBody":"Your parcel","tag":"%1$s","notifyId":%2$d,
                          "clickAction":{"type":3},"importance":"NORMAL","image":"https://shop/i.png"}},
                         "token":["%3$s"]}"""
                                        .formatted(UID, UID.hashCode() & Integer.MAX_VALUE, token)));
        assertThat(header(received().request(), "timestamp")).matches("[0-9]{13}");
    }

    @Test
    void silentPushIsDataOnly() throws Exception {
        // When
        send(silent(device("honor", token)));

        // Then
        assertThat(message().has("notification")).isFalse();
        assertThat(message().path("android").has("notification")).isFalse();
        assertThat(received().id()).isEqualTo(UID);
    }

    @Test
    void credentialsImportanceAndModeStandInForThePushs() throws Exception {
        // Given
        Map<String, Secret> settings = credential(fake, "importance", "LOW");
        settings.put("test-mode", Secret.of("true"));
        sender = provider.open(settings);

        // When
        send(pushToPhone());

        // Then
        assertThat(message().path("android").path("targetUserType").asInt()).isEqualTo(1);
        assertThat(message()
                        .path("android")
                        .path("notification")
                        .path("importance")
                        .asText())
                .isEqualTo("LOW");
    }

    @Test
    void optionsThatHonorDoesNotTakeAreLeftOut() throws Exception {
        // When
        PushResult result = send(pushToPhone(Map.of("importance", "HIGH", "image", "http://shop/i.png")));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(message().path("android").path("notification").has("importance"))
                .isFalse();
        assertThat(message().path("android").path("notification").has("image")).isFalse();
    }

    @Test
    void longTextIsCutSoThatTheMessageIsSmallEnough() {
        // When
        PushResult result = send(pushToPhone("t".repeat(100), "包".repeat(2_000), "order 7"));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().title()).hasSize(40).endsWith("…");
        assertThat(received().body()).endsWith("包…").hasSizeGreaterThan(300);
        assertThat(received().data()).isEqualTo("order 7");
    }

    @Test
    void dataThatHonorDoesNotTakeIsRejectedBeforehand() {
        // When
        PushResult result = send(pushToPhone("Shop", "Your parcel", "x".repeat(4_000)));

        // Then
        assertThat(result).isEqualTo(new Rejected("message above 4096 bytes", null));
    }

    @Test
    void tokenThatIsRefusedIsAskedForAgainOnce() {
        // Given
        send(pushToPhone());
        honor.endTokens();

        // When
        PushResult result = send(pushToPhone());

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(honor.tokensGiven()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"client-id, another", "client-secret, another"})
    void wrongCredentialGetsNoToken(String setting, String value) throws Exception {
        // Given
        sender = provider.open(credential(fake, setting, value));

        // When, then
        assertThat(send(pushToPhone()))
                .isEqualTo(new Unavailable("no access token: invalid_client", null, Scope.CREDENTIAL));
    }

    @Test
    void tokenThatWasNeverOneIsInvalid() {
        // When, then
        assertThat(send(push(device("honor", "nobody")))).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo("80300007 invalid token");
            assertThat(rejected.tokenInvalidAt()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "80300002, 80300002 app not authorized",
        "80600003, 80600003 app not authorized",
        "81000001, 81000001 system error"
    })
    void errorsOfTheCredential(String error, String reason) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Unavailable(reason, null, Scope.CREDENTIAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80200001", "80200003"})
    void tokenThatIsRefusedTwiceIsAboutTheCredential(String error) {
        // Given
        fake.fail(error, 2);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Unavailable(error + " access token", null, Scope.CREDENTIAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80100000", "80100001", "80100003", "80100004", "80100016", "80300008", "80300010"})
    void refusedParametersAreFinal(String error) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Rejected(error + " parameter", null));
    }

    @Test
    void statusWithRetryAfterIsAboutTheCredential() {
        // Given
        fake.fail("http-503", 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Unavailable("http 503", Duration.ofSeconds(7), Scope.CREDENTIAL));
    }

    @Test
    void tokenThatFailedWithoutAReasonIsTriedAgain() throws Exception {
        // Given
        JsonNode body = Json.mapper()
                .readTree("{\"code\":200,\"data\":{\"sendResult\":false,\"requestId\":\"1\",\"failTokens\":[\"t\"]}}");

        // When
        PushResult result = HonorAnswer.ofPush(new HttpReply(200, null, body, Instant.now()), "t")
                .result();

        // Then
        assertThat(result).isEqualTo(new Unavailable("failTokens", null, Scope.PUSH));
    }

    @ParameterizedTest
    @CsvSource({"app-id, app", "importance, HIGH", "test-mode, 1", "url, x", "auth-url, x"})
    void wrongSettings(String setting, String value) {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(fake, setting, value)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith(setting);
    }

    private ObjectNode message() throws Exception {
        return (ObjectNode) Json.mapper().readTree(body(received().request()));
    }
}

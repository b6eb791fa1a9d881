package dev.fanfare.delivery.push.oppo;

import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.answer;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.device;
import static dev.fanfare.delivery.push.Pushes.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.PushSenderContract;
import dev.fanfare.delivery.push.http.MovingClock;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.oppo.FakeOppo;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OppoSenderTest extends PushSenderContract {

    private FakeOppo oppo;

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        oppo = new FakeOppo(vertx, 0);
        return oppo;
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new OppoProvider(http);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("app-key", "master-secret");
    }

    @Override
    protected String serverError() {
        return "-1";
    }

    @Override
    protected boolean hasSilentPushes() {
        return false;
    }

    @Test
    void notification() throws Exception {
        // When
        PushResult result = send(pushToPhone(Map.of("channelId", "orders")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .isNotBlank());
        JsonNode message = message();
        ObjectNode notification = (ObjectNode) message.path("notification");
        assertThat(notification.remove("off_line_ttl").asInt()).isBetween(10_000, 10_800);
        assertThat(Json.mapper()
                        .readTree(notification.remove("action_parameters").asText()))
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
                        {"target_type":2,"target_value":"%s","verify_registration_id":false,"notification":{
                         "app_message_id":"%s","notify_id":%d,"style":1,"title":"Shop","content":"Your parcel",
                         "click_action_type":0,"off_line":true,"channel_id":"orders"}}"""
                                        .formatted(token, UID, UID.hashCode() & Integer.MAX_VALUE)));
    }

    @Test
    void pushThatCameBeforeIsTaken() {
        // Given
        send(pushToPhone());

        // When
        PushResult again = send(pushToPhone());

        // Then
        assertThat(again).isEqualTo(new Accepted(null));
        assertThat(fake.received()).hasSize(1);
    }

    @Test
    void longTextIsOfTheLongStyle() throws Exception {
        // When
        PushResult result = send(pushToPhone("t".repeat(51), "x".repeat(129), null));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(message().path("notification").path("style").asInt()).isEqualTo(2);
        assertThat(received().title()).isEqualTo("t".repeat(49) + "…");
        assertThat(received().body()).isEqualTo("x".repeat(127) + "…");
    }

    @Test
    void withoutTitleTheTextIsTheTitle() {
        // When
        send(pushToPhone(" ", "Your parcel", null));

        // Then
        assertThat(received().title()).isEqualTo("Your parcel");
        assertThat(received().data()).isNull();
    }

    @Test
    void dataThatOppoDoesNotTakeIsRejectedBeforehand() {
        // When
        PushResult result = send(pushToPhone("Shop", "Your parcel", "x".repeat(4_000)));

        // Then
        assertThat(result).isEqualTo(new Rejected("data above 4000 characters", null));
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void manyPushesShareOneToken() {
        // When
        answer(Uni.join()
                .all(
                        sender.send(push(device("oppo", fake.newToken()))),
                        sender.send(push(device("oppo", fake.newToken()))),
                        sender.send(push(device("oppo", fake.newToken()))))
                .andFailFast());

        // Then
        assertThat(fake.received()).hasSize(3);
        assertThat(oppo.tokensGiven()).isEqualTo(1);
    }

    @Test
    void tokenIsRenewedBeforeItsDayIsOver() throws Exception {
        // Given
        MovingClock clock = new MovingClock();
        sender = new OppoProvider(http()).open(credential(fake), clock);
        send(pushToPhone());

        // When
        clock.move(Duration.ofHours(23).plusMinutes(50));
        send(push(device("oppo", fake.newToken())));
        clock.move(Duration.ofMinutes(6));
        PushResult result = send(push(device("oppo", fake.newToken())));

        // Then: the fake looks at the time that the second request for a token names, and that is tomorrow
        assertThat(result).isEqualTo(new Unavailable("no access token: code 19", null, Scope.CREDENTIAL));
        assertThat(oppo.tokensGiven()).isEqualTo(1);
        assertThat(fake.received()).hasSize(2);
    }

    @Test
    void tokenThatIsRefusedIsAskedForAgainOnce() {
        // Given
        send(pushToPhone());
        oppo.endTokens();

        // When
        PushResult result = send(push(device("oppo", fake.newToken())));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(oppo.tokensGiven()).isEqualTo(2);
    }

    @Test
    void tokenThatIsRefusedTwiceIsAboutTheCredential() {
        // Given
        fake.fail("11", 2);

        // When
        PushResult result = send(pushToPhone());

        // Then
        assertThat(result).isEqualTo(new Unavailable("11 auth token", null, Scope.CREDENTIAL));
        assertThat(oppo.tokensGiven()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"app-key, another, 14", "master-secret, another, 16"})
    void wrongCredentialGetsNoToken(String setting, String value, String code) throws Exception {
        // Given
        sender = provider.open(credential(fake, setting, value));

        // When, then
        assertThat(send(pushToPhone()))
                .isEqualTo(new Unavailable("no access token: code " + code, null, Scope.CREDENTIAL));
    }

    @ParameterizedTest
    @CsvSource({
        "-2, -2 service unavailable",
        "-1, -1 service unavailable",
        "13, 13 too many calls",
        "55, 55 too many calls",
        "14, 14 app not authorized",
        "16, 16 app not authorized",
        "26, 26 app not authorized",
        "27, 27 app not authorized",
        "28, 28 app not authorized",
        "30, 30 app not authorized"
    })
    void errorsOfTheCredential(String error, String reason) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Unavailable(reason, null, Scope.CREDENTIAL));
    }

    @Test
    void quotaOfTheDayIsFullAgainAtMidnightInBeijing() {
        // Given
        fake.fail("33", 1);

        // When, then
        assertThat(send(pushToPhone())).isInstanceOfSatisfying(Unavailable.class, unavailable -> {
            assertThat(unavailable.scope()).isEqualTo(Scope.CREDENTIAL);
            assertThat(unavailable.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "25", "31", "40", "41", "51", "59", "67"})
    void refusedParametersAreFinal(String error) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Rejected(error + " parameter", null));
    }

    @Test
    void statusWithRetryAfterIsAboutTheCredential() {
        // Given
        fake.fail("http-429", 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Unavailable("http 429", Duration.ofSeconds(7), Scope.CREDENTIAL));
    }

    @Test
    void wrongAddress() {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(fake, "url", "push.oppomobile.com")))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith("url");
    }

    private JsonNode message() throws Exception {
        for (String field : body(received().request()).split("&")) {
            if (field.startsWith("message=")) {
                return Json.mapper()
                        .readTree(URLDecoder.decode(field.substring("message=".length()), StandardCharsets.UTF_8));
            }
        }
        throw new AssertionError("no message");
    }
}

package dev.fanfare.delivery.push.vivo;

import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.device.Device.Environment;
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
import dev.fanfare.fakes.vivo.FakeVivo;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VivoSenderTest extends PushSenderContract {

    private static final String RC =
            "{\"cType\":\"SYS\",\"fId\":\"shop\",\"oName\":\"RC:TxtMsg\",\"tId\":\"shop\",\"rId\":\"bob\",\"id\":\""
                    + UID + "\"}";

    private FakeVivo vivo;

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        vivo = new FakeVivo(vertx, 0);
        return vivo;
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new VivoProvider(http);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("app-id", "app-key", "app-secret");
    }

    @Override
    protected String serverError() {
        return "http-500";
    }

    @Override
    protected boolean hasSilentPushes() {
        return false;
    }

    @Test
    void signatureIsTheOneOfVivosExample() {
        // When, then: the example of the documentation of /message/auth
        assertThat(VivoSender.sign(
                        10_004,
                        "25509283-3767-4b9e-83fe-b6e55ac6243e",
                        1_501_484_120_000L,
                        Secret.of("7265f2a4-ebbb-44bf-88b9-b03e67dfdc21")))
                .isEqualTo("fe3b46a2befc60334c2388676a752bd6");
    }

    @Test
    void notification() throws Exception {
        // When
        PushResult result = send(pushToPhone(Map.of("classification", "1", "category", "ORDER")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .isNotBlank());
        ObjectNode message = message();
        assertThat(message.remove("timeToLive").asInt()).isBetween(10_000, 10_800);
        assertThat(message.remove("requestId").asText()).matches(UID + "-[0-9a-f]{32}");
        assertThat(message)
                .isEqualTo(Json.mapper()
                        .readTree(
                                """
                        {"appId":10004,"regId":"%s","notifyType":4,"title":"Shop","content":"Your parcel","skipType":1,
                         "networkType":-1,"notifyId":%d,"pushMode":0,"foregroundShow":true,"classification":1,
                         "category":"ORDER","clientCustomMap":{"appData":"order 7","rc":%s}}"""
                                        .formatted(
                                                token,
                                                UID.hashCode() & Integer.MAX_VALUE,
                                                Json.mapper().writeValueAsString(RC))));
    }

    @Test
    void requestIdIsAnotherForEachDevice() {
        // When
        send(pushToPhone());
        send(push(new Device(
                "app",
                "bob",
                "tablet",
                "vivo",
                Secret.of(fake.newToken()),
                Environment.PRODUCTION,
                null,
                null,
                null,
                Instant.EPOCH)));

        // Then
        assertThat(fake.received().stream().map(received -> received.id()).distinct())
                .hasSize(2);
    }

    @Test
    void credentialsCategoryAndModeStandInForThePushs() throws Exception {
        // Given
        Map<String, Secret> settings = credential(fake, "category", "IM");
        settings.put("test-mode", Secret.of("true"));
        sender = provider.open(settings);

        // When
        send(pushToPhone());

        // Then
        assertThat(message().path("category").asText()).isEqualTo("IM");
        assertThat(message().path("pushMode").asInt()).isEqualTo(1);
        assertThat(message().has("classification")).isFalse();
    }

    @Test
    void longTextsAreCut() {
        // When
        PushResult result = send(pushToPhone("t".repeat(41), "包裹".repeat(51), null));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().title()).isEqualTo("t".repeat(39) + "…");
        assertThat(received().body()).isEqualTo("包裹".repeat(49) + "包…");
    }

    @Test
    void metadataGivesWayToTheAppsData() throws Exception {
        // When
        PushResult result = send(pushToPhone("Shop", "Your parcel", "x".repeat(1_024 - "appData".length())));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(message().path("clientCustomMap").has("rc")).isFalse();
    }

    @Test
    void dataThatVivoDoesNotTakeIsRejectedBeforehand() {
        // When
        PushResult result = send(pushToPhone("Shop", "Your parcel", "x".repeat(1_025 - "appData".length())));

        // Then
        assertThat(result).isEqualTo(new Rejected("data above 1024 characters", null));
    }

    @Test
    void tokenIsRenewedAfterTwoHoursAtMost() throws Exception {
        // Given
        MovingClock clock = new MovingClock();
        sender = new VivoProvider(http()).open(credential(fake), clock);
        send(pushToPhone());

        // When
        clock.move(Duration.ofMinutes(100));
        PushResult before = send(pushToPhone());
        clock.move(Duration.ofMinutes(20));
        PushResult after = send(pushToPhone());

        // Then: the second request for a token is two hours ahead of vivo's time
        assertThat(before).isInstanceOf(Accepted.class);
        assertThat(after).isEqualTo(new Unavailable("no access token: result 10000", null, Scope.CREDENTIAL));
    }

    @Test
    void tokenThatIsRefusedIsAskedForAgainOnce() {
        // Given
        send(pushToPhone());
        vivo.endTokens();

        // When
        PushResult result = send(pushToPhone());

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(vivo.tokensGiven()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"app-id, 10005", "app-key, another", "app-secret, another"})
    void wrongCredentialGetsNoToken(String setting, String value) throws Exception {
        // Given
        sender = provider.open(credential(fake, setting, value));

        // When, then
        assertThat(send(pushToPhone()))
                .isEqualTo(new Unavailable("no access token: result 10000", null, Scope.CREDENTIAL));
    }

    @ParameterizedTest
    @CsvSource({
        "10094, 10094 authToken",
        "10040, 10040 too many requests",
        "10072, 10072 too many requests",
        "10093, 10093 too many requests"
    })
    void errorsOfTheCredential(String error, String reason) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Unavailable(reason, null, Scope.CREDENTIAL));
    }

    @Test
    void tokenThatIsRefusedTwiceIsAboutTheCredential() {
        // Given
        fake.fail("10000", 2);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Unavailable("10000 authToken", null, Scope.CREDENTIAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10070", "10073"})
    void quotaOfTheDayIsFullAgainAtMidnightInBeijing(String error) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone())).isInstanceOfSatisfying(Unavailable.class, unavailable -> {
            assertThat(unavailable.scope()).isEqualTo(Scope.CREDENTIAL);
            assertThat(unavailable.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
        });
    }

    @Test
    void marketingWaitsForTheMorning() {
        // Given
        fake.fail("10071", 1);

        // When, then
        assertThat(send(pushToPhone())).isInstanceOfSatisfying(Unavailable.class, unavailable -> {
            assertThat(unavailable.scope()).isEqualTo(Scope.PUSH);
            assertThat(unavailable.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10050", "10055", "10056", "10058", "10059", "10067", "10085", "10096", "10097", "10104", "10303",
                "10304"
            })
    void refusedParametersAreFinal(String error) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Rejected(error + " parameter", null));
    }

    @Test
    void categoryThatVivoDoesNotKnowIsFinal() {
        // When, then
        assertThat(send(pushToPhone(Map.of("category", "order")))).isEqualTo(new Rejected("10096 parameter", null));
    }

    @Test
    void deviceOutsideTheTestIsNotForgotten() {
        // Given
        fake.fail("not-a-test-device", 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Rejected("not a test device", null));
    }

    @ParameterizedTest
    @CsvSource({"app-id, app", "test-mode, yes", "url, https://"})
    void wrongSettings(String setting, String value) {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(fake, setting, value)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith(setting);
    }

    private ObjectNode message() throws Exception {
        JsonNode message = Json.mapper().readTree(body(received().request()));
        return (ObjectNode) message;
    }
}

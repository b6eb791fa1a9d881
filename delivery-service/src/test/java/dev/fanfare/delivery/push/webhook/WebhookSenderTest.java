package dev.fanfare.delivery.push.webhook;

import static dev.fanfare.delivery.push.Pushes.EXPIRES_AT;
import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.answer;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.header;
import static dev.fanfare.delivery.push.Pushes.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.fanfare.delivery.push.http.Reachable;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.webhook.FakeWebhook;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSenderTest extends PushSenderContract {

    private static final String OTHER_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        return new FakeWebhook(vertx, 0);
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new WebhookProvider(http);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("url", "secret");
    }

    @Override
    protected String serverError() {
        return "500";
    }

    @Test
    void request() throws Exception {
        // When
        PushResult result = send(pushToPhone(Map.of("channelId", "orders")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .isNotBlank());
        assertThat(header(received().request(), "content-type")).isEqualTo("application/json");
        assertThat(header(received().request(), "webhook-id")).isEqualTo(UID + ":phone");
        assertThat(Json.mapper().readTree(body(received().request())))
                .isEqualTo(Json.mapper()
                        .readTree(
                                """
                        {"id":"%1$s:phone","appKey":"app","userId":"bob","deviceId":"phone","token":"%2$s",
                         "title":"Shop","body":"Your parcel","data":"order 7","silent":false,
                         "message":{"messageUID":"%1$s","conversationType":"SYSTEM","targetId":"shop",
                          "fromUserId":"shop","objectName":"RC:TxtMsg","sentTime":1},
                         "options":{"channelId":"orders"},"expiresAt":"%3$s"}"""
                                        .formatted(UID, token, EXPIRES_AT)));
    }

    @Test
    void signatureIsTheOneOfTheSchemesExample() throws Exception {
        // When, then: the example of the Standard Webhooks libraries
        assertThat(WebhookSecret.read("secret", OTHER_SECRET)
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}".getBytes()))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void deviceIdIsMadeFitForAHeader() {
        // Given
        Device device = new Device(
                "app",
                "bob",
                "Bob's\r\nphone.1 é",
                "webhook",
                Secret.of(token),
                Environment.PRODUCTION,
                null,
                null,
                null,
                Instant.EPOCH);

        // When
        PushResult result = send(push(device));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().id()).isEqualTo(UID + ":Bob%27s%0D%0Aphone%2E1%20%C3%A9");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileSecretsAreChangedBothSign(boolean receiverHasTheNewOne) throws Exception {
        // Given
        Map<String, Secret> settings = credential(fake);
        Secret receivers = settings.get("secret");
        settings.put("secret", receiverHasTheNewOne ? receivers : Secret.of(OTHER_SECRET));
        settings.put("previous-secret", receiverHasTheNewOne ? Secret.of(OTHER_SECRET) : receivers);
        sender = provider.open(settings);

        // When, then
        assertThat(send(pushToPhone())).isInstanceOf(Accepted.class);
        assertThat(header(received().request(), "webhook-signature")).matches("v1,\\S{44} v1,\\S{44}");
    }

    @Test
    void receiverThatDoesNotKnowTheSecretRejects() throws Exception {
        // Given
        sender = provider.open(credential(fake, "secret", OTHER_SECRET));

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Rejected("http 401", null));
    }

    @Test
    void requestSaysWhenItWasMade() throws Exception {
        // Given
        MovingClock clock = new MovingClock();
        clock.move(Duration.ofMinutes(-6));
        sender = new WebhookProvider(http()).open(credential(fake), clock);

        // When, then: the receiver takes none that is older than five minutes
        assertThat(send(pushToPhone())).isEqualTo(new Rejected("http 401", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "201", "204"})
    void everySuccessIsTakenWithOrWithoutAnId(String status) {
        // Given
        fake.fail(status, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Accepted(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "401", "403", "404", "409", "413", "422"})
    void refusalsAreFinal(String status) {
        // Given
        fake.fail(status, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Rejected("http " + status, null));
    }

    @ParameterizedTest
    @CsvSource({"408,", "425,", "429, 7", "500,", "502,", "503, 7", "302,"})
    void whatPassesIsTriedAgain(String status, Integer retryAfter) {
        // Given
        fake.fail(status, 1);

        // When, then
        assertThat(send(pushToPhone()))
                .isEqualTo(new Unavailable(
                        "http " + status,
                        retryAfter == null ? null : Duration.ofSeconds(retryAfter),
                        Scope.CREDENTIAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/push",
                "http://localhost:8080/push",
                "http://127.0.0.1:8080/push",
                "https://127.0.0.1/push",
                "https://[::1]/push",
                "https://10.1.2.3/push",
                "https://192.168.0.1/push",
                "https://169.254.169.254/latest",
                "https://[fd00::1]/push",
                "https://[::ffff:10.0.0.1]/push",
                "https://user@example.org/push",
                "https://example.org/push?a=b",
                "ftp://example.org/push",
                "example.org"
            })
    void addressesThatAreRefusedAtOnce(String url) {
        // Given
        Map<String, Secret> settings = credential(fake, "url", url);
        settings.remove("allow-loopback");

        // When, then
        assertThatThrownBy(() -> provider.open(settings))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith("url")
                .hasMessageNotContaining(url);
    }

    @ParameterizedTest
    @CsvSource({"http://192.168.0.1/push", "http://example.org/push", "https://169.254.169.254/latest"})
    void addressesThatNothingAllows(String url) {
        // Given
        Map<String, Secret> settings = credential(fake, "url", url);
        settings.put("allow-private", Secret.of("true"));

        // When, then
        assertThatThrownBy(() -> provider.open(settings)).isInstanceOf(InvalidCredentialException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "secret, MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "secret, whsec_c2hvcnQ=",
        "secret, whsec_***",
        "previous-secret, whsec_c2hvcnQ=",
        "allow-loopback, yes",
        "allow-private, 1"
    })
    void wrongSettings(String setting, String value) {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(fake, setting, value)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith(setting)
                .hasMessageNotContaining(value + " ");
    }

    @Test
    void nameThatLeadsToThisMachineIsNotFollowed() throws Exception {
        // Given: a name, as an attacker's own that resolves to 127.0.0.1; it cannot be told from others before it is
        // asked
        WebhookSender sender = new WebhookSender(
                http(),
                URI.create(fake.credential().get("url").replace("127.0.0.1", "localhost")),
                new Reachable(false, false),
                List.of(WebhookSecret.read("secret", fake.credential().get("secret"))),
                Clock.systemUTC());

        // When
        PushResult result = answer(sender.send(pushToPhone()));

        // Then
        assertThat(result).isEqualTo(new Unavailable("no address that is allowed", null, Scope.CREDENTIAL));
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void nameOfThisMachineIsFollowedWhereThatIsAllowed() throws Exception {
        // Given
        sender = provider.open(
                credential(fake, "url", fake.credential().get("url").replace("127.0.0.1", "localhost")));

        // When, then
        assertThat(send(pushToPhone())).isInstanceOf(Accepted.class);
        assertThat(header(received().request(), "host")).startsWith("localhost:");
    }
}

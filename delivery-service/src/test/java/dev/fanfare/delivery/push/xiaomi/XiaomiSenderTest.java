package dev.fanfare.delivery.push.xiaomi;

import static dev.fanfare.delivery.push.Pushes.EXPIRES_AT;
import static dev.fanfare.delivery.push.Pushes.UID;
import static dev.fanfare.delivery.push.Pushes.answer;
import static dev.fanfare.delivery.push.Pushes.body;
import static dev.fanfare.delivery.push.Pushes.credential;
import static dev.fanfare.delivery.push.Pushes.device;
import static dev.fanfare.delivery.push.Pushes.message;
import static dev.fanfare.delivery.push.Pushes.push;
import static dev.fanfare.delivery.push.Pushes.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.PushSenderContract;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.xiaomi.FakeXiaomi;
import io.vertx.mutiny.core.Vertx;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XiaomiSenderTest extends PushSenderContract {

    private static final String RC =
            "{\"cType\":\"SYS\",\"fId\":\"shop\",\"oName\":\"RC:TxtMsg\",\"tId\":\"shop\",\"rId\":\"bob\",\"id\":\""
                    + UID + "\"}";

    @Override
    protected FakeHttpProvider fake(io.vertx.core.Vertx vertx) {
        return new FakeXiaomi(vertx, 0);
    }

    @Override
    protected PushProvider provider(Vertx vertx, PushHttp http) {
        return new XiaomiProvider(http);
    }

    @Override
    protected Set<String> requiredSettings() {
        return Set.of("app-secret", "package-name");
    }

    @Override
    protected String serverError() {
        return "10001";
    }

    @Test
    void notification() {
        // When
        PushResult result = send(pushToPhone(Map.of("channelId", "orders", "large_icon_uri", "https://shop/i.png")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.providerId())
                .startsWith("sdm"));
        Map<String, String> form = form();
        assertThat(Duration.ofMillis(Long.parseLong(form.remove("time_to_live"))))
                .isBetween(Duration.between(Instant.now(), EXPIRES_AT), Duration.ofHours(3));
        assertThat(form)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("registration_id", token),
                        Map.entry("restricted_package_name", FakeXiaomi.PACKAGE),
                        Map.entry("payload", "order 7"),
                        Map.entry("pass_through", "0"),
                        Map.entry("title", "Shop"),
                        Map.entry("description", "Your parcel"),
                        Map.entry("notify_type", "-1"),
                        Map.entry("notify_id", Integer.toString(UID.hashCode() & Integer.MAX_VALUE)),
                        Map.entry("extra.notify_effect", "1"),
                        Map.entry("extra.notify_foreground", "1"),
                        Map.entry("extra.channel_id", "orders"),
                        Map.entry("extra.notification_large_icon_uri", "https://shop/i.png"),
                        Map.entry("extra.jobkey", "5FGT7VA9G4DD4V5P"),
                        Map.entry("extra.rc", RC)));
    }

    @Test
    void silentPushWithoutDataSaysWhatItIsAbout() {
        // When
        PushResult result =
                send(new Push(device("xiaomi", token), null, null, null, true, message(UID), Map.of(), EXPIRES_AT));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(form())
                .containsEntry("pass_through", "1")
                .containsEntry("payload", RC)
                .doesNotContainKey("title");
    }

    @Test
    void silentPushIsPassedThrough() {
        // When
        send(silent(device("xiaomi", token)));

        // Then
        assertThat(form())
                .containsEntry("pass_through", "1")
                .containsEntry("payload", "order 7")
                .doesNotContainKeys("title", "description", "notify_id", "extra.channel_id");
    }

    @Test
    void devicesPackageGoesBeforeTheCredentials() throws Exception {
        // Given
        sender = provider.open(credential(fake, "package-name", "dev.fanfare.other"));

        // When
        PushResult result = answer(sender.send(push(device("xiaomi", token, FakeXiaomi.PACKAGE))));

        // Then
        assertThat(result).isInstanceOf(Accepted.class);
    }

    @Test
    void credentialsChannelAndTitleStandInForThePushs() throws Exception {
        // Given
        Map<String, Secret> settings = credential(fake, "channel-id", "all");
        settings.put("default-title", Secret.of("The shop"));
        sender = provider.open(settings);

        // When
        send(pushToPhone(null, "Your parcel", null));

        // Then
        assertThat(form())
                .containsEntry("extra.channel_id", "all")
                .containsEntry("title", "The shop")
                .containsEntry("payload", "");
    }

    @Test
    void longTextsAreCutBetweenCharacters() {
        // When
        PushResult result = send(pushToPhone("👩‍👩‍👧".repeat(20), "x".repeat(127) + "👍🏽", null));

        // Then: Xiaomi wants less than 50 and less than 128
        assertThat(result).isInstanceOf(Accepted.class);
        assertThat(received().title()).isEqualTo("👩‍👩‍👧".repeat(6) + "…").hasSizeLessThan(50);
        assertThat(received().body()).isEqualTo("x".repeat(126) + "…");
    }

    @Test
    void dataThatXiaomiDoesNotTakeIsRejectedBeforehand() {
        // When
        PushResult fits = send(pushToPhone("Shop", "Your parcel", "x".repeat(4_095)));
        PushResult result = send(pushToPhone("Shop", "Your parcel", "x".repeat(4_096)));

        // Then
        assertThat(fits).isInstanceOf(Accepted.class);
        assertThat(result).isEqualTo(new Rejected("data above 4095 characters", null));
    }

    @Test
    void tokenThatWasNeverOneIsInvalid() {
        // When
        PushResult result = send(push(device("xiaomi", "nobody")));

        // Then
        assertThat(result).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo("20301 no valid registration id");
            assertThat(rejected.tokenInvalidAt()).isNotNull();
        });
    }

    @Test
    void wrongSecretIsAboutTheCredential() throws Exception {
        // Given
        sender = provider.open(credential(fake, "app-secret", "another"));

        // When
        PushResult result = send(pushToPhone());

        // Then
        assertThat(result).isEqualTo(new Unavailable("21301 app not authorized", null, Scope.CREDENTIAL));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1 system error",
        "10001, 10001 system error",
        "10002, 10002 system error",
        "10003, 10003 system error",
        "10009, 10009 system error",
        "10022, 10022 too many requests",
        "10027, 10027 too many requests",
        "10028, 10028 too many requests",
        "200002, 200002 too many requests",
        "10005, 10005 app not authorized",
        "10014, 10014 app not authorized",
        "10026, 10026 app not authorized",
        "21301, 21301 app not authorized",
        "22000, 22000 app not authorized",
        "22007, 22007 app not authorized"
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
        fake.fail("200001", 1);

        // When, then
        assertThat(send(pushToPhone())).isInstanceOfSatisfying(Unavailable.class, unavailable -> {
            assertThat(unavailable.scope()).isEqualTo(Scope.CREDENTIAL);
            assertThat(unavailable.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "10008", "10016", "10017", "10018", "22100"})
    void refusedParametersAreFinal(String error) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Rejected(error + " parameter", null));
    }

    @Test
    void refusedPackageIsFinal() {
        // Given
        fake.fail("22022", 1);

        // When, then
        assertThat(send(pushToPhone())).isEqualTo(new Rejected("22022 package name", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20301", "10029"})
    void errorsOfTheToken(String error) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone()))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.tokenInvalidAt())
                        .isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-401", "http-429", "http-503"})
    void statusWithRetryAfterIsAboutTheCredential(String error) {
        // Given
        fake.fail(error, 1);

        // When, then
        assertThat(send(pushToPhone()))
                .isEqualTo(new Unavailable(error.replace('-', ' '), Duration.ofSeconds(7), Scope.CREDENTIAL));
    }

    @ParameterizedTest
    @CsvSource({"package-name, no package", "url, ftp://example.org", "url, https://example.org?x=1"})
    void wrongSettings(String setting, String value) {
        // When, then
        assertThatThrownBy(() -> provider.open(credential(fake, setting, value)))
                .isInstanceOf(InvalidCredentialException.class)
                .hasMessageStartingWith(setting)
                .hasMessageNotContaining(value);
    }

    private Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : body(received().request()).split("&")) {
            String[] both = field.split("=", 2);
            form.put(decoded(both[0]), decoded(both[1]));
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

package dev.fanfare.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import dev.fanfare.runtime.settings.AppSecrets;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What delivery nodes are told of an app, and the part of the admin API that changes it. */
@GatewayTest
class AppSettingsTest {

    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final String FIRST = "00112233445566778899aabbccddeeff";
    private static final String SECOND = "ffeeddccbbaa99887766554433221100";

    @Inject
    AppSecrets secrets;

    private final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    private final String zimAppId = Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000, 0xffff_ffffL));

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void anAppOfTheConfigurationIsTold() {
        AppSettings told = awaitTold("first-app", settings -> true);
        assertThat(told.zimAppId()).isEqualTo("1234567890");
        assertThat(opened(told)).containsExactly(FIRST);
    }

    @Test
    void aNewAppIsToldAndItsSecretIsSealed() {
        // When
        String key = BackEnd.admin("POST", "", Map.of("zimAppId", zimAppId, "zimServerSecret", FIRST))
                .body()
                .path("appKey")
                .asText();

        // Then
        AppSettings told = awaitTold(key, settings -> true);
        assertThat(told).isEqualTo(new AppSettings(key, told.version(), zimAppId, told.zimServerSecrets(), null, null));
        assertThat(opened(told)).containsExactly(FIRST);
        assertThat(told.toString()).doesNotContain(FIRST);
    }

    @Test
    void everyChangeIsToldWithAHigherVersion() {
        // Given
        BackEnd app = BackEnd.create();
        AppSettings first = awaitTold(app.appKey(), settings -> true);

        // When
        app.change(Map.of("confirmTimeoutSeconds", 5, "inboxDays", 14));

        // Then
        AppSettings second = awaitTold(app.appKey(), settings -> settings.inboxDays() != null);
        assertThat(second).isEqualTo(new AppSettings(app.appKey(), second.version(), null, null, 5000L, 14));
        assertThat(second.version()).isGreaterThan(first.version());
        Answer shown = BackEnd.admin("GET", "/" + app.appKey(), null);
        assertThat(shown.body().path("confirmTimeoutSeconds").asInt()).isEqualTo(5);
        assertThat(shown.body().path("inboxDays").asInt()).isEqualTo(14);

        // When: something else is changed, and one is as usual again
        app.change(Map.of("name", "Other", "inboxDays", 0));

        // Then
        AppSettings third = awaitTold(app.appKey(), settings -> settings.inboxDays() == null);
        assertThat(third).isEqualTo(new AppSettings(app.appKey(), third.version(), null, null, 5000L, null));
        assertThat(third.version()).isGreaterThan(second.version());
    }

    @Test
    void whileAServerSecretIsChangedBothAreTold() {
        // Given
        BackEnd app = BackEnd.create();
        zim(app, zimAppId, FIRST);

        // When
        Answer changed = zim(app, zimAppId, SECOND);

        // Then
        assertThat(changed.body().path("zimPreviousSecret").asBoolean()).isTrue();
        assertThat(changed.body().toString()).doesNotContain(FIRST).doesNotContain(SECOND);
        awaitTold(app.appKey(), settings -> opened(settings).equals(List.of(SECOND, FIRST)));
        zim(app, zimAppId, SECOND);
        awaitTold(app.appKey(), settings -> opened(settings).equals(List.of(SECOND, FIRST)));

        // When
        Answer ended = BackEnd.admin("DELETE", "/" + app.appKey() + "/zim/previous-secret", null);

        // Then
        assertThat(ended.body().has("zimPreviousSecret")).isFalse();
        awaitTold(app.appKey(), settings -> opened(settings).equals(List.of(SECOND)));
        BackEnd.admin("DELETE", "/" + app.appKey() + "/zim", null);
        awaitTold(app.appKey(), settings -> settings.zimAppId() == null && settings.zimServerSecrets() == null);
    }

    @Test
    void whileAServerSecretIsChangedCallsMayBeSignedWithBoth() {
        // Given
        ZimBackEnd old = ZimBackEnd.create();
        ZimBackEnd changed = new ZimBackEnd(old.appKey(), old.appId(), SECOND);

        // When
        zim(old.onRongCloud(), old.appId(), SECOND);

        // Then
        old.with("anna");
        changed.with("ben");
        BackEnd.admin("DELETE", "/" + old.appKey() + "/zim/previous-secret", null);
        changed.with("carla");
        assertThatThrownBy(() -> old.with("dan")).isInstanceOf(AssertionError.class);
    }

    @Test
    void anotherAppOfZimStartsWithItsOwnSecretOnly() {
        // Given
        BackEnd app = BackEnd.create();
        zim(app, zimAppId, FIRST);
        String other = Long.toString(Long.parseLong(zimAppId) - 1);

        // When
        zim(app, other, SECOND);

        // Then
        AppSettings told = awaitTold(app.appKey(), settings -> other.equals(settings.zimAppId()));
        assertThat(opened(told)).containsExactly(SECOND);
    }

    @Test
    void anAppIdOfAnotherAppIsNotTaken() {
        // Given
        BackEnd app = BackEnd.create();
        zim(app, zimAppId, FIRST);

        // When
        Answer refused = BackEnd.admin(
                "PUT", "/" + app.appKey() + "/zim", Map.of("zimAppId", "1234567890", "zimServerSecret", SECOND));

        // Then
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("reason").asText()).isEqualTo("ZIM_APP_ID_TAKEN");
        assertThat(BackEnd.admin("GET", "/" + app.appKey(), null)
                        .body()
                        .path("zimAppId")
                        .asText())
                .isEqualTo(zimAppId);
    }

    @Test
    void aDeletedAppIsTakenBack() {
        // Given
        BackEnd app = BackEnd.create();
        awaitTold(app.appKey(), settings -> true);

        // When
        BackEnd.admin("DELETE", "/" + app.appKey(), null);

        // Then
        await().until(() -> told(app.appKey()).isEmpty());
        BackEnd.admin("POST", "/" + app.appKey() + "/unlock", null);
        awaitTold(app.appKey(), settings -> true);
    }

    @Test
    void whatIsChangedWithoutKafkaIsToldWhenItIsBack() {
        // Given
        BackEnd app = BackEnd.create();
        awaitTold(app.appKey(), settings -> true);
        TestInfrastructure.shared().stopKafka();
        try {
            // When
            app.change(Map.of("inboxDays", 3));
        } finally {
            TestInfrastructure.shared().startKafka();
        }

        // Then
        await().atMost(RECOVERY)
                .ignoreExceptions()
                .until(() -> told(app.appKey()).map(AppSettings::inboxDays).equals(Optional.of(3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"confirmTimeoutSeconds\":-1}",
                "{\"confirmTimeoutSeconds\":61}",
                "{\"confirmTimeoutSeconds\":\"soon\"}",
                "{\"inboxDays\":-1}",
                "{\"inboxDays\":31}",
                "{\"inboxDays\":{}}",
            })
    void refusesTimesOutOfBounds(String body) {
        // Given
        BackEnd app = BackEnd.create();

        // When
        Answer answer = AppsApiTest.send("PATCH", "/" + app.appKey(), body);

        // Then
        AppsApiTest.isRefused(answer, 400, "INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"zimAppId\":\"7\"}",
                "{\"zimServerSecret\":\"00112233445566778899aabbccddeeff\"}",
                "{\"zimAppId\":\"0\",\"zimServerSecret\":\"00112233445566778899aabbccddeeff\"}",
                "{\"zimAppId\":\"x\",\"zimServerSecret\":\"00112233445566778899aabbccddeeff\"}",
                "{\"zimAppId\":\"4294967296\",\"zimServerSecret\":\"00112233445566778899aabbccddeeff\"}",
                "{\"zimAppId\":\"7\",\"zimServerSecret\":\"00112233445566778899aabbccddeef\"}",
                "{\"zimAppId\":\"7\",\"zimServerSecret\":\"00112233445566778899aabbccddeefff\"}",
                "{\"zimAppId\":\"7\",\"zimServerSecret\":\"00112233445566778899aabbccddeeé!\"}",
                "{\"zimAppId\":\"7\",\"zimServerSecret\":\"00112233445566778899aabbccddeeff\",\"more\":1}",
                "null",
                "[]",
            })
    void refusesAnIdentityThatIsNone(String body) {
        // Given
        BackEnd app = BackEnd.create();

        // When
        Answer answer = AppsApiTest.send("PUT", "/" + app.appKey() + "/zim", body);

        // Then
        AppsApiTest.isRefused(answer, 400, "INVALID");
    }

    private Answer zim(BackEnd app, String appId, String secret) {
        Answer answer =
                BackEnd.admin("PUT", "/" + app.appKey() + "/zim", Map.of("zimAppId", appId, "zimServerSecret", secret));
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private AppSettings awaitTold(String appKey, Predicate<AppSettings> wanted) {
        return await().until(() -> told(appKey), told -> told.filter(wanted).isPresent())
                .orElseThrow();
    }

    /** Empty if nothing was told, or the last record took it back. */
    private Optional<AppSettings> told(String appKey) {
        List<ConsumerRecord<String, byte[]>> records =
                kafka.all(Topic.APP_SETTINGS, record -> record.key().equals(appKey));
        return records.isEmpty() || records.get(records.size() - 1).value() == null
                ? Optional.empty()
                : Optional.of(TestKafka.valueOf(records.get(records.size() - 1), AppSettings.class));
    }

    private List<String> opened(AppSettings told) {
        if (told.zimServerSecrets() == null) {
            return List.of();
        }
        return told.zimServerSecrets().stream()
                .map(secret -> open(told.appKey(), secret).reveal())
                .toList();
    }

    private Secret open(String appKey, String sealed) {
        try {
            return secrets.openZim(appKey, sealed);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

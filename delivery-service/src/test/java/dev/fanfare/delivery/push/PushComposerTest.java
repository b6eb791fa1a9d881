package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.device.Device.Environment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushComposerTest {

    private static final Instant SOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String TEXT = "{\"content\":\"hello\"}";
    private static final String MENTION =
            "{\"content\":\"hello\",\"mentionedInfo\":{\"type\":1,\"mentionedContent\":\"all of you\"}}";
    private static final String EXT =
            """
            {"title":"News","pushConfigs":[{"HW":{"channelId":"h"}},{"HONOR":{"importance":"LOW"}},
            {"MI":{"channelId":"m"}},{"OPPO":{"channelId":"o"}},{"VIVO":{"classification":"1"}},
            {"APNs":{"thread-id":"a"}},{"FCM":{"collapse_key":"f"}},{"OHOS":{"category":"c"}}]}""";

    @Test
    void everythingThatTheSenderGaveReachesTheDevice() {
        // When
        Push push = compose("apns", "RC:TxtMsg", TEXT, new PushNotification("Bob", "given", "data", EXT, 0));

        // Then
        assertThat(push.title()).isEqualTo("News");
        assertThat(push.body()).isEqualTo("given");
        assertThat(push.data()).isEqualTo("data");
        assertThat(push.silent()).isFalse();
        assertThat(push.options()).isEqualTo(Map.of("thread-id", "a"));
        assertThat(push.message().messageUID()).isEqualTo("uid");
        assertThat(push.expiresAt()).isEqualTo(SOON);
    }

    @Test
    void aPlatformsOwnWordsWin() {
        // Given
        String ext =
                """
                {"title":"News","pushConfigs":[{"APNs":{"alert":"for iPhones","title":"Apple","data":"own"}},{"HW":{}}]}""";
        PushNotification asked = new PushNotification("Bob", "given", "data", ext, 0);

        // When
        Push apple = compose("apns", "RC:TxtMsg", TEXT, asked);
        Push google = compose("fcm", "RC:TxtMsg", TEXT, asked);

        // Then
        assertThat(apple.body()).isEqualTo("for iPhones");
        assertThat(apple.title()).isEqualTo("Apple");
        assertThat(apple.data()).isEqualTo("own");
        assertThat(google.body()).isEqualTo("given");
        assertThat(google.title()).isEqualTo("News");
        assertThat(google.data()).isEqualTo("data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // sender's name | pushExt | title
                "Bob | | Bob",
                "Bob | {} | Bob",
                "Bob | {\"title\":\"\"} | Bob",
                "Bob | {\"title\":\"News\"} | News",
                "Bob | {\"title\": | Bob",
                " | {\"title\":\"News\"} | News",
                "'' | | ",
                " | | "
            })
    void theTitleIsPushExtsOrElseTheSender(String name, String ext, String title) {
        assertThat(compose("apns", "RC:TxtMsg", TEXT, new PushNotification(name, null, null, ext, null))
                        .title())
                .isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // type | content | pushContent | body
                "RC:TxtMsg | " + TEXT + " | | hello",
                "RC:TxtMsg | " + TEXT + " | given | given",
                "RC:TxtMsg | " + MENTION + " | given | all of you",
                "RC:TxtMsg | | given | given",
                "RC:SightMsg | {} | | [视频]",
                "RC:SightMsg | {} | given | given",
                "RC:SightMsg | " + MENTION + " | given | all of you",
                "RC:InfoNtf | " + TEXT + " | given | given",
                "app:order | " + MENTION + " | given | given",
                "app:order | " + MENTION + " | | "
            })
    void theBodyIsForTheMentionedOrGivenOrTheTypesOwn(String type, String content, String given, String body) {
        assertThat(compose("apns", type, content, new PushNotification(null, given, null, null, null))
                        .body())
                .isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "huawei, channelId, h",
        "honor, importance, LOW",
        "xiaomi, channelId, m",
        "oppo, channelId, o",
        "vivo, classification, 1",
        "apns, thread-id, a",
        "fcm, collapse_key, f"
    })
    void theOptionsAreThoseOfTheDevicesProvider(String provider, String key, String value) {
        assertThat(compose(provider, "RC:TxtMsg", TEXT, new PushNotification(null, null, null, EXT, null))
                        .options())
                .isEqualTo(Map.of(key, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webpush", "webhook"})
    void otherProvidersHaveNoOptions(String provider) {
        assertThat(compose(provider, "RC:TxtMsg", TEXT, new PushNotification(null, null, null, EXT, null))
                        .options())
                .isEmpty();
    }

    @Test
    void huaweisDevicesWithHarmonyHaveOptionsOfTheirOwn() {
        // Given
        String ext = "{\"pushConfigs\":[{\"OHOS\":{\"category\":\"c\"}}]}";

        // Then
        assertThat(compose("huawei", "RC:TxtMsg", TEXT, new PushNotification(null, null, null, ext, null))
                        .options())
                .isEqualTo(Map.of("category", "c"));
    }

    @Test
    void aSilentPushNeedsNoText() {
        // When
        Push push = compose("apns", "app:order", "{}", new PushNotification(null, null, "data", null, 1));

        // Then
        assertThat(push.silent()).isTrue();
        assertThat(push.body()).isNull();
        assertThat(push.data()).isEqualTo("data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "汉", "😀"})
    void longTextsAreCutBetweenCharacters(String character) {
        // Given
        String name = character.repeat(300);
        String content = "{\"content\":\"" + character.repeat(2000) + "\"}";

        // When
        Push push = compose("apns", "RC:TxtMsg", content, new PushNotification(name, null, null, null, null));

        // Then
        assertThat(push.body().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1018, 1024);
        assertThat(push.body()).matches("(" + character + ")+…");
        assertThat(push.title().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(250, 256);
    }

    @Test
    void aTextThatFitsIsNotCut() {
        // Given
        String longest = "x".repeat(1024);

        // Then
        assertThat(compose("apns", "app:order", "{}", new PushNotification(null, longest, null, null, null))
                        .body())
                .isEqualTo(longest);
    }

    private static Push compose(String provider, String type, String content, PushNotification push) {
        ClientMessage message = new ClientMessage("uid", ConversationType.SYSTEM, "s", "s", type, content, 1, null);
        Device device =
                new Device("app", "u1", "d1", provider, Secret.of("t"), Environment.PRODUCTION, null, null, null, SOON);
        return PushComposer.compose(new PushJob("app", "u1", List.of("d1"), message, push), device, SOON);
    }
}

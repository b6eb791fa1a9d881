package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.PushNotification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformsTest {

    @ParameterizedTest
    @CsvSource({
        "apns,    iOS,       true",
        "apns,    Android,   false",
        "fcm,     Android,   true",
        "fcm,     Web,       false",
        "xiaomi,  Android,   true",
        "oppo,    Android,   true",
        "vivo,    Android,   true",
        "honor,   Android,   true",
        "honor,   HarmonyOS, false",
        "huawei,  Android,   true",
        "huawei,  HarmonyOS, true",
        "huawei,  iOS,       false",
        "webpush, Web,       true",
        "webpush, iOS,       false",
        "webhook, Web,       false",
        "webhook, Android,   false",
        "unheard, Android,   false",
    })
    void theProviderTellsThePlatform(String provider, String platform, boolean meant) {
        assertThat(Platforms.isMeant(to(List.of(platform)), provider)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apns", "fcm", "huawei", "webpush", "webhook", "unheard"})
    void whatIsForAllIsForEach(String provider) {
        assertThat(Platforms.isMeant(to(null), provider)).isTrue();
    }

    @Test
    void oneOfSeveralIsEnough() {
        assertThat(Platforms.isMeant(to(List.of("iOS", "Android")), "fcm")).isTrue();
    }

    private static PushNotification to(List<String> platforms) {
        return new PushNotification(null, "hello", null, null, null, platforms);
    }
}

package dev.fanfare.delivery.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device.Environment;
import dev.fanfare.delivery.device.Registration.InvalidRegistrationException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {

    /** Of RFC 8291, 5. */
    private static final String POINT =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final String SUBSCRIPTION =
            """
            {"endpoint":"https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV","expirationTime":null,
             "keys":{"auth":"%s","p256dh":"%s"}}"""
                    .formatted(AUTH, POINT);
    private static final String NORMAL =
            """
            {"endpoint":"https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",\
            "keys":{"p256dh":"%s","auth":"%s"}}"""
                    .formatted(POINT, AUTH);

    @Test
    void everythingThatAnAppCanSay() throws Exception {
        // When
        Registration given = read(
                """
                {"provider":"apns","token":"00aaFF","environment":"Sandbox","appId":"com.example.app",
                 "locale":"zh-hans-cn","timeZone":"Asia/Shanghai","more":1}""");

        // Then
        assertThat(given)
                .isEqualTo(new Registration(
                        "apns",
                        Secret.of("00aaFF"),
                        Environment.SANDBOX,
                        "com.example.app",
                        "zh-Hans-CN",
                        "Asia/Shanghai"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fcm", "huawei", "honor", "xiaomi", "oppo", "vivo", "webhook"})
    void aProviderAndATokenAreEnough(String provider) throws Exception {
        assertThat(read("{\"provider\":\"" + provider + "\",\"token\":\"a:B-_9\",\"appId\":null,\"locale\":\"\"}"))
                .isEqualTo(new Registration(provider, Secret.of("a:B-_9"), Environment.PRODUCTION, null, null, null));
    }

    @Test
    void aSubscriptionOfWebPushIsTheSameAsAnObjectAndAsAString() throws Exception {
        // Given
        JsonNode asObject = Json.mapper().readTree(SUBSCRIPTION);
        String asString = Json.mapper().writeValueAsString(SUBSCRIPTION);

        // Then
        assertThat(read("{\"provider\":\"webpush\",\"token\":" + asObject + "}").token())
                .isEqualTo(Secret.of(NORMAL));
        assertThat(read("{\"provider\":\"webpush\",\"token\":" + asString + "}").token())
                .isEqualTo(Secret.of(NORMAL));
    }

    @Test
    void theLongestToken() throws Exception {
        // Given
        String longest = "x".repeat(4096);

        // Then
        assertThat(read("{\"provider\":\"fcm\",\"token\":\"" + longest + "\"}").token())
                .isEqualTo(Secret.of(longest));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | a JSON object",
                "{ | a JSON object",
                "[] | a JSON object",
                "null | a JSON object",
                "{} {} | a JSON object",
                "{} | provider must be one of apns, fcm,",
                "{\"provider\":\"APNS\",\"token\":\"00\"} | provider",
                "{\"provider\":7,\"token\":\"00\"} | provider",
                "{\"provider\":\"fcm\"} | token is required",
                "{\"provider\":\"fcm\",\"token\":\"\"} | token is required",
                "{\"provider\":\"fcm\",\"token\":\" \"} | token is required",
                "{\"provider\":\"fcm\",\"token\":7} | token is required",
                "{\"provider\":\"fcm\",\"token\":{}} | token is required",
                "{\"provider\":\"fcm\",\"token\":\"a b\"} | token must not",
                "{\"provider\":\"fcm\",\"token\":\"a\\u0000\"} | token must not",
                "{\"provider\":\"fcm\",\"token\":\"a\\ud800\"} | token must not",
                "{\"provider\":\"apns\",\"token\":\"xyz\"} | in hex",
                "{\"provider\":\"apns\",\"token\":\"abc\"} | in hex",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"environment\":\"test\"} | environment must be",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"environment\":\"sandbox\"} | only apns",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"environment\":1} | environment",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"appId\":[]} | appId",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"appId\":\"a b\"} | appId",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"locale\":\"zh_CN\"} | BCP 47",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"locale\":\"-\"} | BCP 47",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"timeZone\":\"+08:00\"} | IANA",
                "{\"provider\":\"fcm\",\"token\":\"t\",\"timeZone\":\"Mars/Base\"} | IANA",
                "{\"provider\":\"webpush\"} | https",
                "{\"provider\":\"webpush\",\"token\":\"x\"} | subscription in JSON",
                "{\"provider\":\"webpush\",\"token\":{}} | https",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"http://a.b/\"}} | https",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"https://u@a.b/\"}} | https",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"https:///\"}} | https",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"/push\"}} | https",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"https://a.b/\"}} | p256dh",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"https://a.b/\",\"keys\":{\"p256dh\":\"AAAA\"}}} | p256dh",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"https://a.b/\",\"keys\":{\"p256dh\":\"A+/=\"}}} | p256dh",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"https://a.b/\",\"keys\":{\"p256dh\":\"" + POINT
                        + "\"}}} | auth",
                "{\"provider\":\"webpush\",\"token\":{\"endpoint\":\"https://a.b/\",\"keys\":{\"p256dh\":\"" + POINT
                        + "\",\"auth\":\"AAAA\"}}} | auth"
            })
    void whatIsWrongIsSaid(String json, String text) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidRegistrationException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é"})
    void aTokenThatIsTooLongIsRefused(String character) {
        // Given
        String json = "{\"provider\":\"fcm\",\"token\":\"" + character.repeat(4097) + "\"}";

        // Then
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidRegistrationException.class)
                .hasMessageContaining("4096");
    }

    @Test
    void anAppIdThatIsTooLongIsRefused() {
        // Given
        String json = "{\"provider\":\"fcm\",\"token\":\"t\",\"appId\":\"" + "x".repeat(256) + "\"}";

        // Then
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidRegistrationException.class)
                .hasMessageContaining("255");
    }

    private static Registration read(String json) throws InvalidRegistrationException {
        return Registration.read(json.getBytes(StandardCharsets.UTF_8));
    }
}

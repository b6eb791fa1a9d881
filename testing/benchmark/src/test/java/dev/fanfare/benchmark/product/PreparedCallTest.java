package dev.fanfare.benchmark.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import dev.fanfare.standalone.client.AppCredentials;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreparedCallTest {

    private static final AppCredentials APP = new AppCredentials("app", Secret.of("secret"));

    @Test
    void isAWholeRequestOfTheLengthThatItSays() {
        // When
        String request = new String(
                PreparedCall.json(APP, "/message/system/publish_template.json", Map.of("content", "é")),
                StandardCharsets.UTF_8);

        // Then
        assertThat(request)
                .startsWith("POST /message/system/publish_template.json HTTP/1.1\r\n")
                .contains("\r\nApp-Key: app\r\n", "\r\nContent-Type: application/json\r\n")
                .contains("\r\nContent-Length: 16\r\n")
                .endsWith("\r\n\r\n{\"content\":\"é\"}");
    }

    @Test
    void isSigned() {
        // When
        String request =
                new String(PreparedCall.form(APP, "/group/create.json", "groupId=g"), StandardCharsets.US_ASCII);

        // Then: SHA-1 of "secret" + "benchmark" + "1700000000000"
        assertThat(request)
                .contains("\r\nSignature: 6c52febc931462ce6fe409667f80f02cd9a41f9d\r\n")
                .endsWith("\r\n\r\ngroupId=g");
    }

    @Test
    void aContentHasRoomForTimeAndNumber() {
        assertThat(PreparedCall.content(120)).hasSize(120).startsWith("~t0000000000000000000~~s0000000000~x");
        assertThat(PreparedCall.content(1)).isEqualTo("~t0000000000000000000~~s0000000000~");
    }
}

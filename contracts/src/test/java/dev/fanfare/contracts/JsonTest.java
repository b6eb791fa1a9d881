package dev.fanfare.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.command.BroadcastCommand;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void writesOneLineAndNoNulls() {
        // When
        byte[] json = Json.write(new BroadcastCommand(null, "u1", "RC:TxtMsg", "日本 \"\n", null));

        // Then
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"fromUserId\":\"u1\",\"objectName\":\"RC:TxtMsg\",\"content\":\"日本 \\\"\\n\"}");
    }

    @Test
    void ignoresFieldsOfALaterVersion() throws Exception {
        // When
        BroadcastCommand read =
                read("{\"fromUserId\":\"u1\",\"later\":{\"a\":[1]},\"objectName\":\"T\",\"content\":\"c\"}");

        // Then
        assertThat(read).isEqualTo(new BroadcastCommand(null, "u1", "T", "c", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"secret content\"",
                "{\"content\":\"secret content\"",
                "{\"content\":\"secret content\"}{}",
                "{\"content\":\"secret content\"} secret content",
                "{\"content\":{\"secret\":\"secret content\"}}",
                "{\"disableUpdateLastMsg\":\"secret content\"}",
            })
    void whatIsNotTheShapeIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageNotContaining("secret content");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> Json.read(new byte[] {(byte) 0xff, (byte) 0xfe, 0x00}, BroadcastCommand.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    private static BroadcastCommand read(String text) throws MalformedJsonException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), BroadcastCommand.class);
    }
}

package dev.fanfare.delivery.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdTest {

    @Test
    void isTakenFromTheConnectData() {
        assertThat(DeviceId.in("{\"deviceId\":\"phone-1\",\"v\":2}".getBytes(UTF_8)))
                .contains("phone-1");
        assertThat(DeviceId.in(("{\"deviceId\":\"" + "x".repeat(64) + "\"}").getBytes(UTF_8)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "7", "[]", "{}", "{\"deviceId\":7}", "{\"deviceId\":\" \"}"})
    void isAbsentIfTheAppSaidNothingUsable(String connectData) {
        assertThat(DeviceId.in(connectData.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void isAbsentIfTooLong() {
        assertThat(DeviceId.in(("{\"deviceId\":\"" + "x".repeat(65) + "\"}").getBytes(UTF_8)))
                .isEmpty();
    }
}

package dev.fanfare.delivery.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZimAppIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"zimAppId\":1234567890}", "{\"deviceId\":\"d\",\"zimAppId\":\"1234567890\"}"})
    void isTakenFromTheConnectData(String connectData) {
        assertThat(ZimAppId.in(connectData.getBytes(UTF_8))).contains("1234567890");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "7", "[]", "{}", "{\"zimAppId\":null}", "{\"zimAppId\":1.5}", "{\"zimAppId\":[7]}"})
    void isAbsentIfTheAppSaidNothingUsable(String connectData) {
        assertThat(ZimAppId.in(connectData.getBytes(UTF_8))).isEmpty();
    }
}

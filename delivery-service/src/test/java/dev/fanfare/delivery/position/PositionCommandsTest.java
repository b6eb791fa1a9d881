package dev.fanfare.delivery.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.window.StreamPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionCommandsTest {

    @Test
    void whatIsStoredIsRead() {
        assertThat(PositionCommands.parse("top-ic.3 42")).contains(new StreamPosition("top-ic.3", 42));
        assertThat(PositionCommands.parse("with a space 42")).contains(new StreamPosition("with a space", 42));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "42", "e ", "e x", "e -1", "e 99999999999999999999"})
    void whatIsNoPositionIsNotRead(String stored) {
        assertThat(PositionCommands.parse(stored)).isEmpty();
    }

    @Test
    void keysOfDifferentDevicesDiffer() {
        assertThat(new DeviceKey("app", "a:b", "c").text())
                .isEqualTo("app:3:a:b:c")
                .isNotEqualTo(new DeviceKey("app", "a", "b:c").text());
        assertThat(new DeviceKey("app", "1:a", "d").text()).isNotEqualTo(new DeviceKey("app", "1", "a:d").text());
    }
}

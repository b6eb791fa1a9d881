package dev.fanfare.benchmark.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppStreamTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 2048, 65_536})
    void aMessageHasExactlyTheBytesThatWereAskedFor(int bytes) throws Exception {
        // When
        byte[] message = AppStream.message(7, 123_456_789L, bytes);

        // Then
        assertThat(message).hasSize(bytes);
        assertThat(Json.read(message, ClientMessage.class).content()).startsWith("~t0000000000123456789~");
    }

    @Test
    void aMessageHasAnIdOfItsOwn() throws Exception {
        assertThat(Json.read(AppStream.message(1, 0, 200), ClientMessage.class).messageUID())
                .isNotEqualTo(Json.read(AppStream.message(2, 0, 200), ClientMessage.class)
                        .messageUID());
    }

    @Test
    void aMessageCannotBeSmallerThanItsEnvelope() {
        assertThatThrownBy(() -> AppStream.message(1, 0, 50)).isInstanceOf(IllegalArgumentException.class);
    }
}

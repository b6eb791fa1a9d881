package dev.fanfare.gateway.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSignatureTest {

    private static final Secret SECRET = Secret.of("Y1W2MeFwwwRxa0");
    private static final String NONCE = "14314";
    private static final String TIMESTAMP = "1408710653000";
    private static final String SIGNATURE = "30be0bbca9c9b2e27578701e9fda2358a814c88f";

    @Test
    void takesTheVendorsExample() {
        assertThat(new RequestSignature(NONCE, TIMESTAMP, SIGNATURE).isOf(SECRET))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "14315, 1408710653000, 30be0bbca9c9b2e27578701e9fda2358a814c88f",
        "14314, 1408710653001, 30be0bbca9c9b2e27578701e9fda2358a814c88f",
        "14314, 1408710653000, 30BE0BBCA9C9B2E27578701E9FDA2358A814C88F",
        "14314, 1408710653000, 30be0bbca9c9b2e27578701e9fda2358a814c88",
        "14314, 1408710653000, ''",
        "     , 1408710653000, 30be0bbca9c9b2e27578701e9fda2358a814c88f",
        "14314,              , 30be0bbca9c9b2e27578701e9fda2358a814c88f",
        "14314, 1408710653000,",
    })
    void refusesAnythingElse(String nonce, String timestamp, String signature) {
        assertThat(new RequestSignature(nonce, timestamp, signature).isOf(SECRET))
                .isFalse();
    }

    @Test
    void refusesAnotherSecret() {
        assertThat(new RequestSignature(NONCE, TIMESTAMP, SIGNATURE).isOf(Secret.of("Y1W2MeFwwwRxa1")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1408710653000, true", // milliseconds, as documented
        "1408710653, true", // seconds, as all SDKs send
        "1408710713000, true",
        "1408710713001, false",
        "1408710592, false",
        "yesterday, false",
        "99999999999999999999, false",
        "9223372036854775807, false",
    })
    void knowsTheWindowInSecondsAndMilliseconds(String timestamp, boolean within) {
        // Given
        Instant now = Instant.ofEpochMilli(1408710653000L);

        // When
        boolean answer = new RequestSignature(NONCE, timestamp, SIGNATURE).isWithin(Duration.ofMinutes(1), now);

        // Then
        assertThat(answer).isEqualTo(within);
    }
}

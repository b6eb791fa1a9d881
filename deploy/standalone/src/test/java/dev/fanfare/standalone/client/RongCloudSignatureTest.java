package dev.fanfare.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import org.junit.jupiter.api.Test;

class RongCloudSignatureTest {

    @Test
    void isThatOfTheVendorsExample() {
        // Given
        Secret secret = Secret.of("Y1W2MeFwwwRxa0");

        // When
        String signature = RongCloudSignature.of(secret, "14314", "1408710653000");

        // Then
        assertThat(signature).isEqualTo("30be0bbca9c9b2e27578701e9fda2358a814c88f");
    }
}

package dev.fanfare.gateway.zim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZimSignatureTest {

    @ParameterizedTest
    @CsvSource({
        // The vendor's published example, then one of our own.
        "12345, 4fd24687296dd9f3, 9193cc662a4c0ec135ec71fb57194b38, 1615186943, 43e5cfcca828314675f91b001390566a",
        "1234567890, 0123456789abcdef, 00112233445566778899aabbccddeeff, 1700000000, 408599f97774ba146aa777f429d0514c"
    })
    void acceptsTheVectors(String appId, String nonce, String secret, String timestamp, String signature) {
        // When
        boolean accepted = new ZimSignature(appId, nonce, timestamp, signature).isOf(Secret.of(secret));

        // Then
        assertThat(accepted).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "12346, 4fd24687296dd9f3, 9193cc662a4c0ec135ec71fb57194b38, 1615186943, 43e5cfcca828314675f91b001390566a",
        "12345, 4fd24687296dd9f4, 9193cc662a4c0ec135ec71fb57194b38, 1615186943, 43e5cfcca828314675f91b001390566a",
        "12345, 4fd24687296dd9f3, 9193cc662a4c0ec135ec71fb57194b39, 1615186943, 43e5cfcca828314675f91b001390566a",
        "12345, 4fd24687296dd9f3, 9193cc662a4c0ec135ec71fb57194b38, 1615186944, 43e5cfcca828314675f91b001390566a",
        "12345, 4fd24687296dd9f3, 9193cc662a4c0ec135ec71fb57194b38, 1615186943, 43E5CFCCA828314675F91B001390566A",
        "12345, 4fd24687296dd9f3, 9193cc662a4c0ec135ec71fb57194b38, 1615186943, 43e5cfcca828314675f91b001390566"
    })
    void refusesAnyOther(String appId, String nonce, String secret, String timestamp, String signature) {
        // When
        boolean accepted = new ZimSignature(appId, nonce, timestamp, signature).isOf(Secret.of(secret));

        // Then
        assertThat(accepted).isFalse();
    }

    @Test
    void theTimestampIsGoodForTenMinutesOnBothSides() {
        // Given
        long now = 1_700_000_000;

        // When
        var old = ZimCallerCheck.form(queryAt(now - 600), now);
        var early = ZimCallerCheck.form(queryAt(now + 600), now);
        var tooOld = ZimCallerCheck.form(queryAt(now - 601), now);
        var tooEarly = ZimCallerCheck.form(queryAt(now + 601), now);

        // Then
        assertThat(old).isEmpty();
        assertThat(early).isEmpty();
        assertThat(tooOld).contains(ZimError.SIGNATURE_EXPIRED);
        assertThat(tooEarly).contains(ZimError.SIGNATURE_EXPIRED);
    }

    private static ZimQuery queryAt(long seconds) {
        return ZimQuery.read("AppId=1&SignatureNonce=n&SignatureVersion=2.0&Signature=s&Timestamp=" + seconds)
                .orElseThrow();
    }
}

package dev.fanfare.contracts.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.TestClock;
import dev.fanfare.contracts.token.UserTokens.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class Token04Test {

    private static final String SECRET = "00112233445566778899aabbccddeeff";
    private static final String OTHER_SECRET = "ffeeddccbbaa99887766554433221100";

    /** {@code {"app_id":1234567890,"user_id":"u1","nonce":42,"ctime":1700000000,"expire":1700003600,"payload":""}} */
    private static final String CBC = "04AAAAAGVT/xAAEGFiY2RlZmdoaWowMTIzNDUAcHHhtg/mJN/rkY3P6CfyWosd2LLH298/wvmx5KtI"
            + "+FAcOE5i03799PB8OasqLb1zGpPNoA1k5t4tPsvjQMRAX5GdG5hY9/FoA7kFpU7B0jiYLubfnKj3gySE/fcosNM2m1/VuHgZB0oho2y"
            + "/5E6QSg4=";

    /** The same within. */
    private static final String GCM = "04AAAAAGVT/xAADGFiY2RlZmdoaWowMQBzhpgYWS8s/NK4Xjr/cgsrEVNnTAt4f54TGyVfu4vHBgUT"
            + "NpjudRvHHe6BAT4O42n4R9gG/1YKrKOZh35FXRK+8MplJNaQJFgm75fClnnxRFDFDTYh9MnncI1wnlewt17mCTZqKYF6/FIR7MEw3MM"
            + "V8GnBTgE=";

    private static final long CREATED = 1_700_000_000;
    private static final long EXPIRE = 1_700_003_600;
    private static final Verdict GOOD = new Verdict.Valid("app", "u1", CREATED * 1000, Instant.ofEpochSecond(EXPIRE));

    private final TestClock clock = new TestClock(Instant.ofEpochSecond(CREATED));
    private final Token04 tokens = new Token04(clock);

    static Stream<String> vectors() {
        return Stream.of(CBC, GCM);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTokenTellsItsUserAndItsTimes(String token) {
        // Given
        clock.move(Duration.ofSeconds(3599));

        // When
        Verdict verdict = tokens.verify(token, app(SECRET));

        // Then
        assertThat(verdict).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anExpiredTokenIsToldApartFromAForgedOne(String token) {
        // When
        clock.move(Duration.ofSeconds(3600));

        // Then
        assertThat(tokens.verify(token, app(SECRET))).isEqualTo(new Verdict.Expired());
        assertThat(tokens.verify(token, app(OTHER_SECRET))).isEqualTo(new Verdict.Invalid());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void duringARotationTokensOfBothSecretsAreGood(String token) {
        assertThat(tokens.verify(token, app(OTHER_SECRET, SECRET))).isEqualTo(GOOD);
        assertThat(tokens.verify(token, app(SECRET, OTHER_SECRET))).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTokenOfAnotherAppIsInvalid(String token) {
        ZimIdentity other = new ZimIdentity("app", "1234567891", List.of(Secret.of(SECRET)));
        assertThat(tokens.verify(token, other)).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void aSecretThatCannotBeOneOpensNothing() {
        assertThat(tokens.verify(CBC, app(SECRET.substring(1)))).isEqualTo(new Verdict.Invalid());
        assertThat(tokens.verify(CBC, app())).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void theModeThatIsCbcMayBeSaid() {
        byte[] bytes = bytesOf(CBC);
        assertThat(verify(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void noBitOfTheOutsideCanBeChanged(String token) {
        byte[] good = bytesOf(token);
        for (int bit = 0; bit < 8 * 8; bit++) {
            // Given
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            // When, Then
            assertThat(verify(changed)).as("bit %d", bit).isEqualTo(new Verdict.Invalid());
        }
    }

    @Test
    void noBitOfAGcmTokenCanBeChanged() {
        byte[] good = bytesOf(GCM);
        for (int bit = 0; bit < good.length * 8; bit++) {
            // Given
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            // When, Then
            assertThat(verify(changed)).as("bit %d", bit).isEqualTo(new Verdict.Invalid());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatIsCutOffOrAddedIsInvalid(String token) {
        byte[] good = bytesOf(token);
        IntStream.range(0, good.length)
                // Without its mode a GCM token has a vector that CBC cannot have.
                .forEach(length -> assertThat(verify(Arrays.copyOf(good, length)))
                        .as("%d bytes", length)
                        .isEqualTo(new Verdict.Invalid()));
        assertThat(verify(Arrays.copyOf(good, good.length + 2))).isEqualTo(new Verdict.Invalid());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "0",
                "04",
                "03AAAA",
                "04=",
                "04%",
                "04AAAA",
                "04AAAAAGVT/xA=",
                " 04AAAA",
                "eyJhbGciOiJIUzI1NiJ9.e30.x"
            })
    void whatIsNoTokenIsInvalid(String text) {
        assertThat(tokens.verify(text, app(SECRET))).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void whatIsTooLongIsNotEvenRead() {
        String padded =
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"ctime\":1700000000,\"expire\":1700003600,\"payload\":\"%s\"}";
        assertThat(verify(gcm(EXPIRE, padded.formatted("x".repeat(12_000))))).isEqualTo(GOOD);
        assertThat(verify(gcm(EXPIRE, padded.formatted("x".repeat(13_000))))).isEqualTo(new Verdict.Invalid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "\"text\"",
                "{\"app_id\":1234567890",
                "{\"app_id\":\"1234567890\",\"user_id\":\"u1\",\"ctime\":1700000000,\"expire\":1700003600}",
                "{\"app_id\":1234567890.0,\"user_id\":\"u1\",\"ctime\":1700000000,\"expire\":1700003600}",
                "{\"user_id\":\"u1\",\"ctime\":1700000000,\"expire\":1700003600}",
                "{\"app_id\":1234567890,\"ctime\":1700000000,\"expire\":1700003600}",
                "{\"app_id\":1234567890,\"user_id\":\"\",\"ctime\":1700000000,\"expire\":1700003600}",
                "{\"app_id\":1234567890,\"user_id\":7,\"ctime\":1700000000,\"expire\":1700003600}",
                "{\"app_id\":1234567890,\"user_id\":\"u\\u0000\",\"ctime\":1700000000,\"expire\":1700003600}",
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"expire\":1700003600}",
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"ctime\":\"1700000000\",\"expire\":1700003600}",
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"ctime\":1700003600,\"expire\":1700003600}",
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"ctime\":1700000000}",
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"ctime\":1700000000,\"expire\":1700003601}",
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"ctime\":1700000000,\"expire\":9223372036854775808}",
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"ctime\":1700000000,\"expire\":1700003600} {}",
                "{\"app_id\":1234567890,\"user_id\":\"u2\",\"user_id\":\"u1\",\"ctime\":1700000000,\"expire\":1700003600}",
            })
    void whatSaysSomethingElseWithinIsInvalid(String inner) {
        assertThat(verify(gcm(EXPIRE, inner))).isEqualTo(new Verdict.Invalid());
        assertThat(verify(cbc(EXPIRE, inner))).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void aUserIdHasTheLengthOfOne() {
        String inner = "{\"app_id\":1234567890,\"user_id\":\"%s\",\"ctime\":1700000000,\"expire\":1700003600}";
        assertThat(verify(gcm(EXPIRE, inner.formatted("u".repeat(64))))).isInstanceOf(Verdict.Valid.class);
        assertThat(verify(gcm(EXPIRE, inner.formatted("u".repeat(65))))).isEqualTo(new Verdict.Invalid());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 253_402_300_800L})
    void timesThatAreNoneAreInvalid(long expire) {
        String inner =
                "{\"app_id\":1234567890,\"user_id\":\"u1\",\"ctime\":%d,\"expire\":%d}".formatted(expire - 1, expire);
        assertThat(verify(gcm(expire, inner))).isEqualTo(new Verdict.Invalid());
    }

    @Property
    void hostileBytesAreInvalidAndThrowNothing(@ForAll byte[] bytes) {
        assertThat(new Token04Test().verify(bytes)).isEqualTo(new Verdict.Invalid());
    }

    @Property
    void hostileTextIsInvalidAndThrowsNothing(@ForAll String text) {
        Token04Test test = new Token04Test();
        assertThat(test.tokens.verify("04" + text, app(SECRET))).isEqualTo(new Verdict.Invalid());
        assertThat(test.tokens.verify(text, app(SECRET))).isEqualTo(new Verdict.Invalid());
    }

    @Property
    void damagedTokensThrowNothing(
            @ForAll boolean gcm,
            @ForAll @IntRange(max = 200) int at,
            @ForAll @Size(max = 40) byte[] damage,
            @ForAll @IntRange(max = 240) int length) {
        // Given
        byte[] damaged = Arrays.copyOf(bytesOf(gcm ? GCM : CBC), length);
        for (int i = 0; i < damage.length && at + i < damaged.length; i++) {
            damaged[at + i] = damage[i];
        }

        // When, Then
        Verdict verdict = new Token04Test().verify(damaged);
        assertThat(verdict).isNotInstanceOf(Verdict.Expired.class);
        if (gcm && !Arrays.equals(damaged, bytesOf(GCM))) {
            assertThat(verdict).isEqualTo(new Verdict.Invalid());
        }
    }

    private Verdict verify(byte[] bytes) {
        return tokens.verify("04" + Base64.getEncoder().encodeToString(bytes), app(SECRET));
    }

    private static byte[] bytesOf(String token) {
        return Base64.getDecoder().decode(token.substring(2));
    }

    private static ZimIdentity app(String... secrets) {
        return new ZimIdentity(
                "app", "1234567890", Stream.of(secrets).map(Secret::of).toList());
    }

    private static byte[] gcm(long expire, String inner) {
        byte[] nonce = "abcdefghij01".getBytes(StandardCharsets.US_ASCII);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key(), new GCMParameterSpec(128, nonce));
            byte[] sealed = cipher.doFinal(inner.getBytes(StandardCharsets.UTF_8));
            return layout(expire, nonce, sealed, 1).put((byte) 1).array();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] cbc(long expire, String inner) {
        byte[] iv = "abcdefghij012345".getBytes(StandardCharsets.US_ASCII);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key(), new IvParameterSpec(iv));
            return layout(expire, iv, cipher.doFinal(inner.getBytes(StandardCharsets.UTF_8)), 0)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static SecretKeySpec key() {
        return new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "AES");
    }

    private static ByteBuffer layout(long expire, byte[] iv, byte[] sealed, int modeBytes) {
        return ByteBuffer.allocate(12 + iv.length + sealed.length + modeBytes)
                .putLong(expire)
                .putShort((short) iv.length)
                .put(iv)
                .putShort((short) sealed.length)
                .put(sealed);
    }
}

package dev.fanfare.contracts.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.TestClock;
import dev.fanfare.contracts.token.UserTokens.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UserTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final String OLD_SECRET = "the-old-secret-has-32-bytes-or-more";
    private static final String NEW_SECRET = "the-new-secret-has-32-bytes-or-more";
    private static final String FOREIGN_SECRET = "a-foreign-secret-of-32-bytes-or-more";

    private final TestClock clock = new TestClock(NOW);
    private final UserTokens tokens = tokens("old", Map.of("old", OLD_SECRET));

    @Test
    void aTokenTellsItsAppItsUserAndItsTimes() {
        // When
        Verdict verdict = tokens.verify(tokens.issue("app", "u1", LIFETIME));

        // Then
        assertThat(verdict)
                .isEqualTo(new Verdict.Valid(
                        "app",
                        "u1",
                        NOW.toEpochMilli(),
                        Instant.ofEpochSecond(NOW.getEpochSecond()).plus(LIFETIME)));
    }

    @Test
    void aTokenOfAnotherAppNamesThatApp() {
        // When
        Verdict verdict = tokens.verify(tokens.issue("other-app", "u1", LIFETIME));

        // Then
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Valid.class, valid -> assertThat(valid.appKey())
                .isEqualTo("other-app"));
    }

    @Test
    void anExpiredTokenIsToldApartFromAForgedOne() {
        // Given
        String token = tokens.issue("app", "u1", LIFETIME);

        // When
        clock.move(LIFETIME);

        // Then
        assertThat(tokens.verify(token)).isEqualTo(new Verdict.Expired());
    }

    @Test
    void anExpiredTokenOfAForeignKeyIsInvalid() {
        // Given
        String forged = tokens("old", Map.of("old", FOREIGN_SECRET)).issue("app", "u1", LIFETIME);

        // When
        clock.move(LIFETIME.multipliedBy(2));

        // Then
        assertThat(tokens.verify(forged)).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void duringARotationTokensOfBothKeysAreGood() {
        // Given
        String before = tokens.issue("app", "u1", LIFETIME);
        UserTokens rotated = tokens("new", Map.of("old", OLD_SECRET, "new", NEW_SECRET));

        // When
        String after = rotated.issue("app", "u1", LIFETIME);

        // Then
        assertThat(JWT.decode(after).getKeyId()).isEqualTo("new");
        assertThat(rotated.verify(before)).isInstanceOf(Verdict.Valid.class);
        assertThat(rotated.verify(after)).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void afterTheRotationTokensOfTheOldKeyAreInvalid() {
        // Given
        String before = tokens.issue("app", "u1", LIFETIME);

        // When
        Verdict verdict = tokens("new", Map.of("new", NEW_SECRET)).verify(before);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Invalid());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"x", "a.b", "a.b.c", "..", "eyJhbGciOiJIUzI1NiJ9.e30."})
    void whatIsNoTokenIsInvalid(String text) {
        assertThat(tokens.verify(text)).isEqualTo(new Verdict.Invalid());
    }

    static Stream<String> forged() {
        Algorithm ours = Algorithm.HMAC256(OLD_SECRET);
        var good = JWT.create()
                .withKeyId("old")
                .withSubject("u1")
                .withClaim("app", "app")
                .withClaim("ims", NOW.toEpochMilli())
                .withExpiresAt(NOW.plus(LIFETIME));
        String unsigned = good.sign(Algorithm.none());
        String signed = good.sign(ours);
        String[] parts = signed.split("\\.");
        String otherUser = base64("{\"sub\":\"u2\",\"app\":\"app\",\"ims\":1,\"exp\":4102444800}");
        return Stream.of(
                unsigned,
                base64("{\"alg\":\"none\",\"kid\":\"old\"}") + "." + parts[1] + "." + parts[2],
                parts[0] + "." + otherUser + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                good.sign(Algorithm.HMAC512(OLD_SECRET)),
                good.sign(Algorithm.HMAC256(FOREIGN_SECRET)),
                JWT.create().withSubject("u1").withClaim("app", "app").sign(ours),
                complete().withKeyId("unknown").sign(ours),
                complete().withKeyId("old").withSubject(null).sign(ours),
                complete().withKeyId("old").withClaim("app", (String) null).sign(ours),
                complete().withKeyId("old").withClaim("ims", "yesterday").sign(ours),
                complete().withKeyId("old").withExpiresAt((Instant) null).sign(ours));
    }

    private static JWTCreator.Builder complete() {
        return JWT.create()
                .withSubject("u1")
                .withClaim("app", "app")
                .withClaim("ims", NOW.toEpochMilli())
                .withExpiresAt(NOW.plus(LIFETIME));
    }

    @ParameterizedTest
    @MethodSource
    void forged(String token) {
        assertThat(tokens.verify(token)).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void keysThatCannotWorkAreRefusedAtTheStart() {
        assertThatThrownBy(() -> tokens("missing", Map.of("old", OLD_SECRET)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> tokens("short", Map.of("short", "0123456789012345678901234567890")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("0123456789");
    }

    private UserTokens tokens(String active, Map<String, String> ring) {
        Map<String, Secret> secrets = new HashMap<>();
        ring.forEach((id, secret) -> secrets.put(id, Secret.of(secret)));
        return new UserTokens(new TokenKeys(active, secrets), clock);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

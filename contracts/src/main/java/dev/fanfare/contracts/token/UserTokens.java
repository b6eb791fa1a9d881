package dev.fanfare.contracts.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The token with which an app client connects: a JWT (HS256) that the gateway issues and the client edge checks by
 * itself. Claims: {@code sub} user, {@code app} app key, {@code exp}, and {@code ims}, the time of issue in ms, because
 * {@code user/token/expire} cuts by the millisecond and {@code iat} has seconds. Thread-safe.
 */
public final class UserTokens {

    private static final String APP = "app";
    private static final String ISSUED_AT_MILLIS = "ims";

    private final String activeKey;
    private final Map<String, Algorithm> algorithms = new HashMap<>();
    private final Clock clock;

    public UserTokens(TokenKeys keys, Clock clock) {
        this.activeKey = keys.active();
        this.clock = clock;
        keys.ring().forEach((id, secret) -> algorithms.put(id, Algorithm.HMAC256(secret.bytes())));
    }

    public String issue(String appKey, String userId, Duration lifetime) {
        Instant now = clock.instant();
        return JWT.create()
                .withKeyId(activeKey)
                .withSubject(userId)
                .withClaim(APP, appKey)
                .withClaim(ISSUED_AT_MILLIS, now.toEpochMilli())
                .withExpiresAt(now.plus(lifetime))
                .sign(algorithms.get(activeKey));
    }

    /** Signature first, then expiry: an expired token is told apart from a forged one only if it was ours. */
    public Verdict verify(String token) {
        try {
            DecodedJWT jwt = JWT.decode(token);
            Algorithm algorithm = jwt.getKeyId() == null ? null : algorithms.get(jwt.getKeyId());
            if (algorithm == null || !algorithm.getName().equals(jwt.getAlgorithm())) {
                return new Verdict.Invalid();
            }
            algorithm.verify(jwt);
            String appKey = jwt.getClaim(APP).asString();
            Long issuedAt = jwt.getClaim(ISSUED_AT_MILLIS).asLong();
            Instant expiresAt = jwt.getExpiresAtAsInstant();
            if (appKey == null || jwt.getSubject() == null || issuedAt == null || expiresAt == null) {
                return new Verdict.Invalid();
            }
            return clock.instant().isBefore(expiresAt)
                    ? new Verdict.Valid(appKey, jwt.getSubject(), issuedAt, expiresAt)
                    : new Verdict.Expired();
        } catch (JWTVerificationException e) {
            return new Verdict.Invalid();
        }
    }

    /** What a token is worth. */
    public sealed interface Verdict {

        /** @param issuedAtMillis compare with {@code UserAccess.tokensInvalidBefore} */
        record Valid(String appKey, String userId, long issuedAtMillis, Instant expiresAt) implements Verdict {}

        /** Ours once; the client should fetch a new one. */
        record Expired() implements Verdict {}

        /** Not ours, or damaged. */
        record Invalid() implements Verdict {}
    }
}

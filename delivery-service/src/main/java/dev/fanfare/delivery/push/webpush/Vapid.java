package dev.fanfare.delivery.push.webpush;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fanfare.delivery.push.CredentialSettings;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/** How we say who we are to a push service (RFC 8292): a signed token for each, made again every few hours. */
final class Vapid {

    /** RFC 8292 allows 24 hours. */
    private static final Duration VALIDITY = Duration.ofHours(12);

    private static final Duration KEPT = Duration.ofHours(6);
    private static final int MOST_SERVICES = 1_000;
    private static final Pattern SUBJECT = Pattern.compile("mailto:[^\\s@]+@[^\\s@]+|https://\\S+");

    private final String publicKey;
    private final String subject;
    private final Algorithm algorithm;
    private final Clock clock;
    private final Cache<String, String> headers = Caffeine.newBuilder()
            .maximumSize(MOST_SERVICES)
            .expireAfterWrite(KEPT)
            .build();

    private Vapid(String publicKey, String subject, Algorithm algorithm, Clock clock) {
        this.publicKey = publicKey;
        this.subject = subject;
        this.algorithm = algorithm;
        this.clock = clock;
    }

    static Vapid of(CredentialSettings settings, Clock clock) throws InvalidCredentialException {
        String publicText = settings.required("public-key");
        String privateText = settings.required("private-key");
        String subject = settings.required("subject", SUBJECT, "a mailto: or https: address of whom to turn to");
        ECPublicKey publicKey = publicKey(publicText);
        Algorithm algorithm = Algorithm.ECDSA256(publicKey, privateKey(privateText));
        try {
            algorithm.verify(JWT.decode(JWT.create().sign(algorithm)));
        } catch (JWTVerificationException e) {
            throw new InvalidCredentialException("public-key must be the one of private-key");
        }
        String canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(P256.point(publicKey));
        return new Vapid(canonical, subject, algorithm, clock);
    }

    /** The value of {@code Authorization} for a push service. */
    String authorization(String origin) {
        return headers.get(origin, this::sign);
    }

    private String sign(String origin) {
        String token = JWT.create()
                .withAudience(origin)
                .withExpiresAt(clock.instant().plus(VALIDITY))
                .withSubject(subject)
                .sign(algorithm);
        return "vapid t=" + token + ", k=" + publicKey;
    }

    private static ECPublicKey publicKey(String text) throws InvalidCredentialException {
        try {
            return P256.publicKey(Base64.getUrlDecoder().decode(text));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new InvalidCredentialException(
                    "public-key must be an uncompressed point of P-256, 65 bytes as base64url");
        }
    }

    private static ECPrivateKey privateKey(String text) throws InvalidCredentialException {
        try {
            return P256.privateKey(Base64.getUrlDecoder().decode(text));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new InvalidCredentialException("private-key must be a private key of P-256, 32 bytes as base64url");
        }
    }
}

package dev.fanfare.delivery.push.fcm;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What a service account presents for an access token: Google's "OAuth 2.0 for server to server applications". */
final class Assertions {

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final Duration VALIDITY = Duration.ofMinutes(10);

    private final ServiceAccount account;
    private final String audience;
    private final Algorithm algorithm;
    private final Clock clock;

    Assertions(ServiceAccount account, String audience, Clock clock) {
        this.account = account;
        this.audience = audience;
        this.algorithm = Algorithm.RSA256(null, account.key());
        this.clock = clock;
    }

    /** The form of a token request. */
    Map<String, String> form() {
        Instant now = clock.instant();
        String assertion = JWT.create()
                .withKeyId(account.keyId())
                .withIssuer(account.email())
                .withAudience(audience)
                .withClaim("scope", SCOPE)
                .withIssuedAt(now)
                .withExpiresAt(now.plus(VALIDITY))
                .sign(algorithm);
        return Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion);
    }
}

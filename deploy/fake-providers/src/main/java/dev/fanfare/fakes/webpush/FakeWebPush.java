package dev.fanfare.fakes.webpush;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.FakeAnswer;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.FakeRequest;
import dev.fanfare.fakes.http.Keys;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A push service (RFC 8030) whose subscriptions are restricted to one application server key (RFC 8292), and the browsers
 * behind it, which decrypt what comes (RFC 8291).
 *
 * <p>Tokens are {@code PushSubscription}s as JSON. Errors to {@link #fail} with are statuses: {@code 400}, {@code 401},
 * {@code 403}, {@code 404}, {@code 410}, {@code 413}, {@code 429}, {@code 500}, {@code 502}, {@code 503}; {@code 429} and
 * {@code 503} say {@code Retry-After: 30}.
 */
public final class FakeWebPush extends FakeHttpProvider {

    private static final String PATH = "/wpush/v2/";
    private static final int MOST_BYTES = 4096;
    private static final Duration MOST_VALIDITY = Duration.ofHours(24);
    private static final Pattern VAPID = Pattern.compile("vapid t=([\\w-]+\\.[\\w-]+\\.[\\w-]+), ?k=([\\w-]+)");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final Set<String> URGENCIES = Set.of("very-low", "low", "normal", "high");
    private static final Set<String> ERRORS =
            Set.of("400", "401", "403", "404", "410", "413", "429", "500", "502", "503");

    private final KeyPair key = Keys.ec();
    private final Map<String, Browser> browserOfPath = new ConcurrentHashMap<>();
    private final Map<String, String> tokenOfPath = new ConcurrentHashMap<>();

    /** @param port 0: any that is free */
    public FakeWebPush(Vertx vertx, int port) {
        super("webpush", vertx, port);
    }

    @Override
    public Map<String, String> credential() {
        return Map.of(
                "public-key",
                publicKey(),
                "private-key",
                Browser.base64(Browser.number(((ECPrivateKey) key.getPrivate()).getS())),
                "subject",
                "mailto:push@example.com",
                "allow-loopback",
                "true");
    }

    @Override
    protected String makeToken() {
        String path = PATH + UUID.randomUUID();
        Browser browser = new Browser();
        String token = browser.subscription(url() + path);
        browserOfPath.put(path, browser);
        tokenOfPath.put(path, token);
        return token;
    }

    @Override
    protected boolean isSend(FakeRequest request) {
        return request.path().startsWith(PATH);
    }

    @Override
    protected FakeAnswer failure(String error) {
        if (!ERRORS.contains(error)) {
            throw new IllegalArgumentException("push services have no error " + error);
        }
        FakeAnswer answer = status(Integer.parseInt(error));
        return error.equals("429") || error.equals("503") ? answer.with("Retry-After", "30") : answer;
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        Browser browser = browserOfPath.get(request.path());
        if (browser == null) {
            return status(404);
        }
        String token = tokenOfPath.get(request.path());
        if (invalidSince(token).isPresent()) {
            return status(410);
        }
        int identified = identification(request.header("Authorization"));
        if (identified != 200) {
            return status(identified);
        }
        if (!request.method().equals("POST") || !areHeadersRight(request)) {
            return status(400);
        }
        if (request.body().length() > MOST_BYTES) {
            return status(413);
        }
        try {
            String message = browser.decrypt(request.body().getBytes());
            JsonNode fields = Json.read(message.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            take(new ReceivedPush(
                    name(),
                    token,
                    request.header("Topic"),
                    fields.path("title").asText(null),
                    fields.path("body").asText(null),
                    dataOf(fields),
                    request.wire(message)));
            return FakeAnswer.empty(201).with("Location", url() + "/m/" + UUID.randomUUID());
        } catch (GeneralSecurityException | MalformedJsonException unreadable) {
            // A browser would drop it in silence: so that it is seen.
            return status(400);
        }
    }

    /** 200, or what is wrong. */
    private int identification(String authorization) {
        Matcher vapid = VAPID.matcher(authorization == null ? "" : authorization);
        if (!vapid.matches()) {
            return 401;
        }
        if (!vapid.group(2).equals(publicKey())) {
            return 403;
        }
        try {
            DecodedJWT token = JWT.require(Algorithm.ECDSA256((ECPublicKey) key.getPublic(), null))
                    .withAudience(url())
                    .withClaimPresence("exp")
                    .build()
                    .verify(vapid.group(1));
            boolean tooLong =
                    token.getExpiresAtAsInstant().isAfter(Instant.now().plus(MOST_VALIDITY));
            String subject = token.getSubject();
            boolean reachable = subject != null && (subject.startsWith("mailto:") || subject.startsWith("https:"));
            return tooLong || !reachable ? 403 : 200;
        } catch (JWTVerificationException e) {
            return 403;
        }
    }

    private static boolean areHeadersRight(FakeRequest request) {
        String ttl = request.header("TTL");
        String urgency = request.header("Urgency");
        String topic = request.header("Topic");
        return ttl != null
                && ttl.matches("\\d{1,10}")
                && (urgency == null || URGENCIES.contains(urgency))
                && (topic == null || TOPIC.matcher(topic).matches())
                && "aes128gcm".equals(request.header("Content-Encoding"));
    }

    private String publicKey() {
        return Browser.base64(Browser.point((ECPublicKey) key.getPublic()));
    }

    private static FakeAnswer status(int status) {
        FakeAnswer answer = FakeAnswer.json(status, Map.of("code", status, "message", "The fake's words"));
        return status == 401 ? answer.with("WWW-Authenticate", "vapid") : answer;
    }
}

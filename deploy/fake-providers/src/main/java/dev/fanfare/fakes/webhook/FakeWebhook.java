package dev.fanfare.fakes.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.FakeAnswer;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.FakeRequest;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver of Fanfare's push webhook that does what the Standard Webhooks scheme asks of one: checks that a signature
 * with its secret is among those of the request, and that the request is at most five minutes old. Then it looks for
 * what a push has.
 *
 * <p>Errors: a status, {@code 500} for instance; 429 and 503 say {@code Retry-After: 7}.
 */
public final class FakeWebhook extends FakeHttpProvider {

    private static final String PATH = "/push";
    private static final long MOST_SECONDS_OFF = 300;

    private final byte[] secret = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

    public FakeWebhook(Vertx vertx, int port) {
        super("webhook", vertx, port);
    }

    @Override
    public Map<String, String> credential() {
        return Map.of(
                "url",
                url() + PATH,
                "secret",
                "whsec_" + Base64.getEncoder().encodeToString(secret),
                "allow-loopback",
                "true");
    }

    @Override
    protected boolean isSend(FakeRequest request) {
        return request.path().equals(PATH);
    }

    @Override
    protected FakeAnswer failure(String error) {
        if (!error.matches("[2-5][0-9]{2}")) {
            throw new IllegalArgumentException(error + " is not a status");
        }
        FakeAnswer answer = FakeAnswer.empty(Integer.parseInt(error));
        return error.equals("429") || error.equals("503") ? answer.with("Retry-After", "7") : answer;
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        if (!isSend(request)) {
            return FakeAnswer.empty(404);
        }
        if (!request.method().equals("POST")) {
            return FakeAnswer.empty(405);
        }
        if (!isSigned(request)) {
            return FakeAnswer.empty(401);
        }
        JsonNode push = request.json();
        if (!isComplete(push) || !push.path("id").asText().equals(request.header("webhook-id"))) {
            return FakeAnswer.empty(400);
        }
        String token = push.path("token").asText();
        if (!isValid(token)) {
            return FakeAnswer.empty(410);
        }
        take(new ReceivedPush(
                name(),
                token,
                push.path("id").asText(),
                push.path("title").asText(null),
                push.path("body").asText(null),
                push.path("data").asText(null),
                request.wire()));
        return FakeAnswer.json(202, Map.of("id", UUID.randomUUID().toString()));
    }

    private boolean isSigned(FakeRequest request) {
        String id = request.header("webhook-id");
        String timestamp = request.header("webhook-timestamp");
        String signatures = request.header("webhook-signature");
        if (id == null || signatures == null || timestamp == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        boolean isNow = Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) <= MOST_SECONDS_OFF;
        byte[] expected = signature(id + "." + timestamp + ".", request.body().getBytes());
        return isNow
                && Arrays.stream(signatures.split(" "))
                        .map(signature -> signature.getBytes(StandardCharsets.US_ASCII))
                        .anyMatch(signature -> MessageDigest.isEqual(signature, expected));
    }

    private byte[] signature(String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static boolean isComplete(JsonNode push) {
        JsonNode message = push.path("message");
        boolean texts = Stream.of("id", "appKey", "userId", "deviceId", "token", "expiresAt")
                .allMatch(field -> push.path(field).isTextual());
        boolean about = List.of("messageUID", "conversationType", "targetId", "fromUserId", "objectName").stream()
                .allMatch(field -> message.path(field).isTextual());
        return texts
                && about
                && !message.has("content")
                && push.path("silent").isBoolean()
                && push.path("options").isObject()
                && (push.path("silent").asBoolean() || push.path("body").isTextual());
    }
}

package dev.fanfare.e2e.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Signed calls as the vendor's documents describe them, and the whole answer. */
public final class BackEnd {

    private static final String TRACEPARENT = "traceparent";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI gateway;
    private final String appKey;
    private final String secret;
    /** Null: its calls are part of no trace. */
    private final String traceparent;

    BackEnd(URI gateway, String appKey, String secret) {
        this(gateway, appKey, secret, null);
    }

    private BackEnd(URI gateway, String appKey, String secret, String traceparent) {
        this.gateway = gateway;
        this.appKey = appKey;
        this.secret = secret;
        this.traceparent = traceparent;
    }

    /** The same, with all its calls as parts of a trace. */
    public BackEnd in(String trace) {
        return new BackEnd(gateway, appKey, secret, trace);
    }

    /** What came back. */
    public record Answer(int status, JsonNode body) {

        public int code() {
            return body.get("code").asInt();
        }

        public String messageUid() {
            return body.get("messageUID").asText();
        }

        /** Of a call with several recipients: the id of the message to one of them. */
        public String messageUid(String recipientField, String recipient) {
            for (JsonNode entry : body.get("messageUIDs")) {
                if (entry.get(recipientField).asText().equals(recipient)) {
                    return entry.get("messageUID").asText();
                }
            }
            throw new AssertionError("no messageUID for " + recipient + " in " + body);
        }
    }

    public Answer get(String path) {
        return call(path, request -> request.GET());
    }

    public Answer post(String path, Form form) {
        return post(path, "application/x-www-form-urlencoded", form.body());
    }

    public Answer postJson(String path, Object body) {
        return post(path, "application/json", new String(Json.write(body), StandardCharsets.UTF_8));
    }

    /** The first seed call, with a text. */
    public Answer broadcast(String fromUserId, String text) {
        return post("/message/online/broadcast.json", message(Form.of("fromUserId", fromUserId), text));
    }

    /** The second seed call, with a text. */
    public Answer groupStatus(Form recipients, String fromUserId, String text) {
        return post("/statusmessage/group/publish.json", message(recipients.and("fromUserId", fromUserId), text));
    }

    /** A system message without a template. */
    public Answer system(Form recipients, String fromUserId, String text) {
        return post("/message/system/publish.json", message(recipients.and("fromUserId", fromUserId), text));
    }

    private static Form message(Form form, String text) {
        return form.and("objectName", "RC:TxtMsg").and("content", content(text));
    }

    /** The content of a text message. */
    public static String content(String text) {
        return Json.mapper().createObjectNode().put("content", text).toString();
    }

    private Answer post(String path, String contentType, String body) {
        return call(path, request -> request.header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    private Answer call(String path, UnaryOperator<HttpRequest.Builder> what) {
        String nonce = UUID.randomUUID().toString().substring(0, 18);
        String timestamp = Long.toString(System.currentTimeMillis());
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                    .header("App-Key", appKey)
                    .header("Nonce", nonce)
                    .header("Timestamp", timestamp)
                    .header("Signature", sha1(secret + nonce + timestamp));
            if (traceparent != null) {
                request.header(TRACEPARENT, traceparent);
            }
            var response = HTTP.send(what.apply(request).build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), Json.read(response.body(), ObjectNode.class));
        } catch (Exception e) {
            throw new AssertionError(path + " was not answered with JSON", e);
        }
    }

    private static String sha1(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}

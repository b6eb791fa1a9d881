package dev.fanfare.e2e.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A back end that speaks ZIM's server API as the vendor's documents and samples have it. */
public final class ZimBackEnd {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI gateway;
    private final long appId;
    private final String serverSecret;

    ZimBackEnd(URI gateway, long appId, String serverSecret) {
        this.gateway = gateway;
        this.appId = appId;
        this.serverSecret = serverSecret;
    }

    /** What came back; always HTTP 200. */
    public record Answer(JsonNode body) {

        public long code() {
            return body.path("Code").asLong(-1);
        }
    }

    /** An action with a JSON body. */
    public Answer post(String action, Object body) {
        return send(HttpRequest.newBuilder(uri(action, ""))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(body))));
    }

    /** An action with all of its parameters in the query. */
    public Answer get(String action, String parameter, List<String> values) {
        String parameters = values.stream()
                .map(value -> "&" + encode(parameter) + "=" + encode(value))
                .collect(Collectors.joining());
        return send(HttpRequest.newBuilder(uri(action, parameters)));
    }

    /** To all users, a text. */
    public Answer tellAll(String fromUserId, String text, int pushType, Map<String, ?> offlinePush) {
        return post(
                "SendMessageToAllUsers",
                Map.of(
                        "FromUserId",
                        fromUserId,
                        "MessageType",
                        1,
                        "MessageBody",
                        Map.of("Message", text, "ExtendedData", "s", "OfflinePush", offlinePush),
                        "SubMsgType",
                        0,
                        "PushType",
                        pushType));
    }

    /** Registers users by their ids. */
    public Answer register(String... userIds) {
        return post(
                "UserRegister",
                Map.of(
                        "UserInfo",
                        List.of(userIds).stream()
                                .map(id -> Map.of("UserId", id, "UserName", "Name of " + id))
                                .toList()));
    }

    private URI uri(String action, String parameters) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        long timestamp = System.currentTimeMillis() / 1000;
        String query = "/?Action=" + action + "&AppId=" + appId + "&SignatureNonce=" + nonce + "&Timestamp=" + timestamp
                + "&Signature=" + md5(appId + nonce + serverSecret + timestamp) + "&SignatureVersion=2.0";
        return gateway.resolve(query + parameters);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AssertionError("answered with HTTP " + response.statusCode());
            }
            return new Answer(Json.read(response.body(), ObjectNode.class));
        } catch (Exception e) {
            throw new AssertionError("was not answered with JSON", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

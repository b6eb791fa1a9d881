package dev.fanfare.standalone.client;

import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** An app's back end: signs calls of the RongCloud API and sends them to the gateway. Blocking, thread-safe. */
public final class GatewayClient {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI gateway;
    private final AppCredentials credentials;

    public GatewayClient(URI gateway, AppCredentials credentials) {
        this.gateway = gateway;
        this.credentials = credentials;
    }

    /** @param path such as {@code /fanfare/v1/messages/5FGT-7VA9-G4DD-4V5P} */
    public Reply get(String path) throws IOException, InterruptedException {
        return send(path, request -> request.GET());
    }

    /** @param path such as {@code /group/create.json} */
    public Reply post(String path, Form form) throws IOException, InterruptedException {
        return post(path, "application/x-www-form-urlencoded", BodyPublishers.ofString(form.encoded()));
    }

    /** @param body whatever {@link Json} writes */
    public Reply postJson(String path, Object body) throws IOException, InterruptedException {
        return post(path, "application/json", BodyPublishers.ofByteArray(Json.write(body)));
    }

    /** The token with which the user's app connects; registers the user if need be. */
    public String token(String userId) throws IOException, InterruptedException {
        return post("/user/getToken.json", new Form().with("userId", userId).with("name", userId))
                .requireOk()
                .json()
                .path("token")
                .asText();
    }

    /** From now on this push provider reaches the user's device. */
    public void registerDevice(String userId, String deviceId, String provider, String token)
            throws IOException, InterruptedException {
        postJson(
                        "/fanfare/v1/devices",
                        Map.of("userId", userId, "deviceId", deviceId, "provider", provider, "token", token))
                .requireOk();
    }

    private Reply post(String path, String contentType, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return send(path, request -> request.header("Content-Type", contentType).POST(body));
    }

    private Reply send(String path, UnaryOperator<HttpRequest.Builder> what) throws IOException, InterruptedException {
        String nonce = Integer.toString(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
        String timestamp = Long.toString(System.currentTimeMillis());
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(PATIENCE)
                .header("App-Key", credentials.appKey())
                .header("Nonce", nonce)
                .header("Timestamp", timestamp)
                .header("Signature", RongCloudSignature.of(credentials.appSecret(), nonce, timestamp));
        try {
            return Reply.of(path, http.send(what.apply(request).build(), BodyHandlers.ofString()));
        } catch (ConnectException e) {
            throw new IOException("nobody answers on " + gateway + " (is ./fanfare up running?)", e);
        }
    }
}

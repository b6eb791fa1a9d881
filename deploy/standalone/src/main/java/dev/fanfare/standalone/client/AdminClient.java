package dev.fanfare.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** An operator: calls the gateway's admin API. Blocking, thread-safe. */
public final class AdminClient {

    private static final String APPS = "/admin/v1/apps";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI gateway;
    private final Secret token;

    public AdminClient(URI gateway, Secret token) {
        this.gateway = gateway;
        this.token = token;
    }

    /** What the app shows this push provider from now on. */
    public void pushCredential(String appKey, String provider, Map<String, String> settings)
            throws IOException, InterruptedException {
        call("PUT", "/" + appKey + "/push/" + provider, BodyPublishers.ofByteArray(Json.write(settings)));
    }

    /** @param path below that of the apps */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return call("GET", path, BodyPublishers.noBody());
    }

    /** Without a body. */
    public JsonNode post(String path) throws IOException, InterruptedException {
        return call("POST", path, BodyPublishers.noBody());
    }

    private JsonNode call(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        String whole = APPS + path;
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(gateway.resolve(whole))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token.reveal())
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(whole + " answered " + answer.statusCode() + " " + answer.body());
        }
        return Json.mapper().readTree(answer.body());
    }
}

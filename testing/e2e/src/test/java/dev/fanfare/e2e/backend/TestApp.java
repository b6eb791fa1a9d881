package dev.fanfare.e2e.backend;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.client.JavaClient;
import dev.fanfare.e2e.client.JsClient;
import dev.fanfare.e2e.product.Product;
import io.rong.RongCloud;
import io.rong.RongCloudConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An app of its own for each test, so that broadcasts, quotas and users never meet those of another test: its back end
 * and its users' devices. Closing it closes the devices.
 */
public final class TestApp implements AutoCloseable {

    private final Product product;
    private final String key;
    private final String secret;
    private final List<AppClient> clients = new ArrayList<>();
    private ZimBackEnd zim;

    private TestApp(Product product, String key, String secret) {
        this.product = product;
        this.key = key;
        this.secret = secret;
    }

    /** Creates an app by the admin API, with the vendor's quotas and everything switched on. */
    public static TestApp create(Product product) throws Exception {
        JsonNode created = admin(product, "POST", "/admin/v1/apps", Map.of("name", "end-to-end"));
        return new TestApp(
                product, created.get("appKey").asText(), created.get("secret").asText());
    }

    /** The same, known to ZIM's API as well. */
    public static TestApp createWithZim(Product product) throws Exception {
        long appId = ThreadLocalRandom.current().nextLong(1, 1L << 32);
        String serverSecret = UUID.randomUUID().toString().replace("-", "");
        JsonNode created = admin(
                product,
                "POST",
                "/admin/v1/apps",
                Map.of("name", "end-to-end", "zimAppId", Long.toString(appId), "zimServerSecret", serverSecret));
        TestApp app = new TestApp(
                product, created.get("appKey").asText(), created.get("secret").asText());
        app.zim = new ZimBackEnd(product.gateway(), appId, serverSecret);
        return app;
    }

    /** The one app for which another producer may write commands. */
    public static TestApp ofProducer(Product product) {
        return new TestApp(
                product, product.producer().appKey(), product.producer().appSecret());
    }

    /** Changes the app by the admin API. */
    public void change(Map<String, ?> change) throws Exception {
        admin(product, "PATCH", "/admin/v1/apps/" + key, change);
    }

    /** From now on the app has accounts with these push providers. */
    public TestApp withPushes(String... providers) throws Exception {
        for (String provider : providers) {
            admin(
                    product,
                    "PUT",
                    "/admin/v1/apps/" + key + "/push/" + provider,
                    Json.mapper()
                            .convertValue(
                                    new PushProviders(product).credential(provider),
                                    new TypeReference<Map<String, String>>() {}));
        }
        return this;
    }

    /** The app is installed on the user's device, and the back end registers it. Returns its push token. */
    public String install(String userId, String deviceId, String provider) {
        String token = new PushProviders(product).install(provider);
        int code = backEnd()
                .postJson(
                        "/fanfare/v1/devices",
                        Map.of("userId", userId, "deviceId", deviceId, "provider", provider, "token", token))
                .code();
        if (code != 200) {
            throw new AssertionError("the device was not registered: " + code);
        }
        return token;
    }

    public String key() {
        return key;
    }

    /** The app's back end with the vendor's SDK. */
    public RongCloud sdk() {
        return RongCloud.getInstance(
                key, secret, new RongCloudConfig(product.gateway().toString()));
    }

    /** The app's back end with plain HTTP, for what the SDK drops or cannot do. */
    public BackEnd backEnd() {
        return new BackEnd(product.gateway(), key, secret);
    }

    /** The back end of an app that ZIM's API knows. */
    public ZimBackEnd zim() {
        return zim;
    }

    /** A back end that does not know the secret. */
    public BackEnd impostor() {
        return new BackEnd(product.gateway(), key, "not-" + secret);
    }

    public String token(String userId) {
        return backEnd()
                .post("/user/getToken.json", Form.of("userId", userId).and("name", "Name of " + userId))
                .body()
                .get("token")
                .asText();
    }

    /** A device with the Java SDK (Protobuf), connected. */
    public AppClient javaDevice(String userId) {
        return connected(javaClient(token(userId)));
    }

    /** A device with the JavaScript SDK (JSON), connected. */
    public AppClient jsDevice(String userId) {
        return connected(jsClient(token(userId)));
    }

    /** A device with the Java SDK, not connected yet. */
    public AppClient javaClient(String token) {
        return kept(new JavaClient(product.edge(), token, deviceId()));
    }

    /** A device with the JavaScript SDK, not connected yet. */
    public AppClient jsClient(String token) {
        return kept(new JsClient(product.edge(), token, deviceId(), "websocket"));
    }

    /** The user's phone, on which the app was installed under this id; not connected yet. */
    public AppClient phone(String userId, String deviceId) {
        return kept(new JavaClient(product.edge(), token(userId), deviceId));
    }

    /** A device with the JavaScript SDK where WebSocket is blocked, not connected yet. */
    public AppClient jsClientOver(String transport, String token) {
        return kept(new JsClient(product.edge(), token, deviceId(), transport));
    }

    private static String deviceId() {
        return UUID.randomUUID().toString();
    }

    private AppClient kept(AppClient client) {
        clients.add(client);
        return client;
    }

    private static AppClient connected(AppClient client) {
        client.connect();
        client.awaitConnected();
        return client;
    }

    @Override
    public void close() {
        clients.forEach(AppClient::close);
    }

    private static JsonNode admin(Product product, String method, String path, Map<String, ?> body) throws Exception {
        URI uri = product.gateway().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + product.adminToken())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + " was answered with " + response.statusCode());
        }
        return Json.read(response.body(), ObjectNode.class);
    }
}

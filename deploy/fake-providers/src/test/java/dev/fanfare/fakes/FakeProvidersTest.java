package dev.fanfare.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeProvidersTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private FakeProviders fakes;

    @BeforeEach
    void start() {
        fakes = FakeProviders.onFreePorts();
    }

    @AfterEach
    void stop() {
        fakes.close();
    }

    @Test
    void credentialsOfAll() throws Exception {
        // When
        HttpResponse<String> page = get("/credentials");

        // Then
        JsonNode credentials = json(page);
        assertThat(credentials.properties().stream().map(provider -> provider.getKey()))
                .containsExactlyElementsOf(
                        fakes.all().stream().map(FakeProvider::name).toList());
        assertThat(credentials.path("huawei").path("client-secret").textValue())
                .isEqualTo(fakes.provider("huawei").credential().get("client-secret"));
    }

    @Test
    void pushesOfAllNewestLast() throws Exception {
        // Given
        send("first");
        send("second");

        // When
        HttpResponse<String> all = get("/pushes");
        HttpResponse<String> ofFcm = get("/pushes?provider=fcm");

        // Then
        assertThat(json(all)).hasSize(2);
        assertThat(json(all).get(0).path("body").textValue()).isEqualTo("first");
        assertThat(json(all).get(1).path("body").textValue()).isEqualTo("second");
        assertThat(json(ofFcm)).isEmpty();
    }

    @Test
    void newDevice() throws Exception {
        // When
        HttpResponse<String> fcm = post("/tokens/fcm", "");
        HttpResponse<String> none = post("/tokens/pigeon", "");

        // Then
        assertThat(json(fcm).path("token").textValue()).isNotBlank();
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void manyNewDevices() throws Exception {
        // When
        HttpResponse<String> xiaomi = post("/tokens/xiaomi?count=3", "");

        // Then
        assertThat(json(xiaomi).path("tokens")).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void countsAreToldByProvider() throws Exception {
        // Given
        send("first");
        send("second");

        // When
        JsonNode counts = json(get("/counts"));

        // Then
        assertThat(counts.path("huawei").path("pushes").intValue()).isEqualTo(2);
        assertThat(counts.path("fcm").path("pushes").intValue()).isZero();
    }

    @Test
    void aPushThatADeviceHasAlreadyIsCountedAsAgain() {
        // Given
        PushCounts.Counter counter = new PushCounts.Counter();

        // When
        counter.count(push("phone", "1"));
        counter.count(push("phone", "2"));
        counter.count(push("tablet", "1"));
        counter.count(push("phone", "1"));
        counter.count(push("phone", null));
        counter.count(push("phone", null));

        // Then
        assertThat(counter.counts()).isEqualTo(new PushCounts(6, 1));
    }

    private static ReceivedPush push(String token, String id) {
        return new ReceivedPush("fcm", token, id, null, "hi", null, "");
    }

    private void send(String text) throws Exception {
        FakeProvider huawei = fakes.provider("huawei");
        String form = "grant_type=client_credentials&client_id="
                + huawei.credential().get("client-id") + "&client_secret="
                + huawei.credential().get("client-secret");
        String granted = http.send(
                        HttpRequest.newBuilder(URI.create(huawei.credential().get("token-url")))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        String push =
                """
                {"message":{"token":["%s"],"android":{"notification":{"title":"t","body":"%s","click_action":{"type":3}}}}}"""
                        .formatted(huawei.newToken(), text);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(huawei.credential().get("url") + "/v1/"
                                + huawei.credential().get("app-id") + "/messages:send"))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + Json.mapper()
                                                .readTree(granted)
                                                .path("access_token")
                                                .textValue())
                        .POST(BodyPublishers.ofString(push))
                        .build(),
                BodyHandlers.ofString());
        assertThat(json(answer).path("code").textValue()).isEqualTo("80000000");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(fakes.url() + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(fakes.url() + path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return Json.mapper().readTree(response.body());
    }
}

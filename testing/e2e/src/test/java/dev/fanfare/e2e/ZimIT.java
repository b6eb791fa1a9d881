package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.backend.PushProviders;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.backend.ZimBackEnd.Answer;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A back end that was written for ZIM's server API. */
@EndToEnd
class ZimIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, ?> PUSH =
            Map.of("Enable", 1, "Title", "The title", "Content", "The text", "Payload", "for the app");

    private final String phone = "phone-" + UUID.randomUUID();
    private TestApp app;
    private PushProviders providers;

    @BeforeEach
    void createApp(Product product) throws Exception {
        app = TestApp.createWithZim(product).withPushes("apns", "fcm");
        providers = new PushProviders(product);
        assertThat(app.zim().register("u1", "ann").code()).isZero();
    }

    @AfterEach
    void closeApp() {
        app.close();
    }

    @Test
    void allWhoAreOnlineGetTheMessageTheSenderIncludedAndNobodyElseEver() {
        // Given
        AppClient sender = app.jsDevice("u1");
        AppClient tom = app.javaDevice("tom");

        // When
        Answer answer = app.zim().tellAll("u1", "hello world", 0, Map.of());

        // Then
        assertThat(answer.body().path("Message").asText()).isEqualTo("success");
        assertThat(answer.body().path("RequestId").asText()).matches("[0-9]{1,19}");
        assertThat(answer.code()).isZero();
        for (AppClient device : List.of(sender, tom)) {
            JsonNode message = onlyMessage(device);
            assertThat(message.path("message").asText()).isEqualTo("hello world");
            assertThat(message.path("type").asInt()).isEqualTo(1);
            assertThat(message.path("senderUserID").asText()).isEqualTo("u1");
            assertThat(message.path("extendedData").asText()).isEqualTo("s");
            assertThat(message.path("isBroadcastMessage").asBoolean()).isTrue();
        }
        AppClient late = app.jsDevice("late");
        app.backEnd().broadcast("news", "a later one");
        await("message").atMost(PATIENCE).untilAsserted(() -> assertThat(late.received())
                .hasSize(1));
        assertThat(late.received().get(0).content()).contains("a later one");
    }

    @Test
    void whoIsAwayGetsAPushIfTheCallSaysSo() {
        // Given
        AppClient tom = app.javaDevice("tom");
        String token = app.install("ann", phone, "apns");

        // When
        Answer answer = app.zim().tellAll("u1", "hello world", 1, PUSH);

        // Then
        assertThat(answer.code()).isZero();
        onlyMessage(tom);
        await("push").atMost(PATIENCE).untilAsserted(() -> assertThat(providers.pushedTo(token))
                .hasSize(1));
    }

    @Test
    void onlyWhoIsAwayIsToldIfTheCallSaysSo() {
        // Given
        AppClient tom = app.javaDevice("tom");
        String token = app.install("ann", phone, "fcm");

        // When
        Answer answer = app.zim().tellAll("u1", "hello world", 2, PUSH);

        // Then
        assertThat(answer.code()).isZero();
        await("push").atMost(PATIENCE).untilAsserted(() -> assertThat(providers.pushedTo(token))
                .hasSize(1));
        assertThat(tom.received()).isEmpty();
    }

    @Test
    void whatIsWrongIsToldWithTheVendorsCode() {
        assertThat(app.zim().tellAll("nobody", "hello", 0, Map.of()).code()).isEqualTo(660500002);
        assertThat(app.zim().tellAll("u1", "", 0, Map.of()).code()).isEqualTo(660000002);
        assertThat(app.zim().tellAll("u1", "x".repeat(40_000), 0, Map.of()).code())
                .isEqualTo(660400001);
        assertThat(app.zim().post("NoSuchAction", Map.of()).code()).isEqualTo(100000007);
    }

    @Test
    void statesOfUsers() {
        // Given
        app.jsDevice("u1");
        app.token("never");

        // When
        Answer answer = app.zim().get("QueryUserOnlineState", "UserId[]", List.of("u1", "never"));

        // Then
        assertThat(answer.code()).isZero();
        assertThat(answer.body().path("Result").path(0).path("Status").asText()).isEqualTo("Online");
        assertThat(answer.body().path("ErrorList").path(0).path("SubCode").asInt())
                .isEqualTo(660200001);
    }

    private static JsonNode onlyMessage(AppClient device) {
        await("message").atMost(PATIENCE).untilAsserted(() -> assertThat(device.received())
                .hasSize(1));
        return device.received().get(0).data();
    }
}

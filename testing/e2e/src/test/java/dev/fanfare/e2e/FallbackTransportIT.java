package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.Form;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import dev.fanfare.testkit.infra.TestKafka;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers behind a proxy that blocks WebSocket: one-way HTTP, with commands beside it. */
@EndToEnd
class FallbackTransportIT {

    private TestApp app;

    @BeforeEach
    void createApp(Product product) throws Exception {
        app = TestApp.create(product);
    }

    @AfterEach
    void closeApp() {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_stream", "sse"})
    void getsTheWindowBroadcastsAndPersonalMessagesAndAcknowledges(String transport, Product product) {
        // Given
        AppClient witness = app.javaDevice("witness");
        app.backEnd().broadcast("announcer", "before");
        witness.awaitContents(BackEnd.content("before"));
        AppClient browser = app.jsClientOver(transport, app.token("tom"));
        assertThat(browser.tryToConnect()).isEmpty();

        // When
        app.backEnd().broadcast("announcer", "live");
        browser.awaitContents(BackEnd.content("before"), BackEnd.content("live"));
        app.backEnd().system(Form.of("toUserId", "tom"), "system", "for tom");
        String uid = browser.awaitContent(BackEnd.content("for tom")).messageUid();
        browser.acknowledge(uid);

        // Then
        try (TestKafka kafka = new TestKafka(product.kafkaBootstrapServers())) {
            kafka.await(
                    Topic.DELIVERY_OUTCOME,
                    1,
                    record -> RecordKey.ofUser(app.key(), "tom").equals(record.key())
                            && new String(record.value(), StandardCharsets.UTF_8)
                                    .contains("\"outcome\":\"" + DeliveryOutcome.Kind.DELIVERED + "\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_stream", "sse"})
    void isNeitherLostNorRepeatedWhenADeviceComesBack(String transport) {
        // Given
        AppClient browser = app.jsClientOver(transport, app.token("tom"));
        assertThat(browser.tryToConnect()).isEmpty();
        app.backEnd().broadcast("announcer", "before");
        browser.awaitContents(BackEnd.content("before"));
        browser.disconnect();
        browser.awaitDisconnected();
        app.backEnd().broadcast("announcer", "meanwhile");

        // When
        browser.connect();
        browser.awaitConnected();

        // Then
        app.backEnd().broadcast("announcer", "after");
        browser.awaitContents(BackEnd.content("before"), BackEnd.content("meanwhile"), BackEnd.content("after"));
    }
}

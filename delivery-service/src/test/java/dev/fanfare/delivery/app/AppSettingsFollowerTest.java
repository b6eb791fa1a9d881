package dev.fanfare.delivery.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node knows, read from a real broker. */
class AppSettingsFollowerTest {

    private final String app = "app-" + UUID.randomUUID();
    private final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    private final KnownApps apps = new KnownApps(TestSecrets.of(1));
    private final AppSettingsFollower follower = new AppSettingsFollower(
            apps, Map.of("bootstrap.servers", TestInfrastructure.shared().kafkaBootstrapServers()));

    @AfterEach
    void close() {
        follower.stop();
        kafka.close();
    }

    @Test
    void whatWasWrittenBeforeIsKnownWhenItIsLoaded() throws Exception {
        // Given
        write(1, 2);
        write(2, 5);

        // When
        start();

        // Then
        assertThat(apps.of(app)).map(AppSettings::inboxDays).contains(5);
    }

    @Test
    void whatIsWrittenLaterComesSoon() throws Exception {
        // Given
        start();
        assertThat(apps.of(app)).isEmpty();

        // When
        write(1, 2);

        // Then
        await().until(() -> apps.of(app).isPresent());
        kafka.send(new ProducerRecord<>(Topic.APP_SETTINGS.topicName(), app, null));
        await().until(() -> apps.of(app).isEmpty());
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws Exception {
        // Given
        start();

        // When
        for (String bad : List.of(
                "{\"appKey\":",
                "{}",
                "null",
                "[]",
                "",
                "{\"appKey\":7,\"version\":{}}",
                "{\"appKey\":\"bad\",\"version\":1,\"zimAppId\":\"7\",\"zimServerSecrets\":[null,\"?\"]}")) {
            kafka.send(new ProducerRecord<>(Topic.APP_SETTINGS.topicName(), app, bad.getBytes(StandardCharsets.UTF_8)));
        }
        write(1, 2);

        // Then
        await().until(() -> apps.of(app).isPresent());
        assertThat(follower.isAlive()).isTrue();
    }

    private void start() throws Exception {
        follower.onStart(null);
        follower.loaded().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void write(long version, int inboxDays) throws Exception {
        AppSettings settings = new AppSettings(app, version, null, null, null, inboxDays);
        kafka.send(new ProducerRecord<>(Topic.APP_SETTINGS.topicName(), app, Json.write(settings)));
    }
}

package dev.fanfare.delivery.app;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.follow.Listener;
import dev.fanfare.delivery.follow.TopicFollower;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Tells {@link KnownApps} what the compacted {@code fanfare.app.settings.v1} says, whatever the node's roles. */
@ApplicationScoped
public class AppSettingsFollower implements Listener {

    private static final Logger LOGGER = Logger.getLogger(AppSettingsFollower.class);

    private final KnownApps apps;
    private final TopicFollower follower;
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private volatile boolean failed;

    public AppSettingsFollower(KnownApps apps, @Identifier("default-kafka-broker") Map<String, Object> brokers) {
        this.apps = apps;
        this.follower = new TopicFollower(Topic.APP_SETTINGS.topicName(), null, brokers, this);
    }

    void onStart(@Observes StartupEvent event) {
        follower.start().whenComplete((ignored, e) -> {
            if (e == null) {
                loaded.complete(null);
            } else {
                loaded.completeExceptionally(e);
            }
        });
    }

    /** Completes when every app's last record was read. */
    public CompletionStage<Void> loaded() {
        return loaded;
    }

    public boolean isAlive() {
        return !failed;
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            apps.forget(record.key());
            return;
        }
        try {
            AppSettings told = Json.read(record.value(), AppSettings.class);
            if (told.appKey() != null) {
                apps.learn(told);
                return;
            }
        } catch (MalformedJsonException e) {
            LOGGER.debugf("not JSON of that shape: %s", e.getMessage());
        }
        LOGGER.errorf(
                "unreadable record skipped: topic=%s partition=%d offset=%d",
                record.topic(), record.partition(), record.offset());
    }

    @Override
    public void onFailure(Exception e) {
        failed = true;
    }

    @PreDestroy
    void stop() {
        follower.close();
    }
}

package dev.fanfare.gateway.app;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.command.RecordWriter;
import dev.fanfare.runtime.settings.AppSecrets;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Tells every delivery node what is set for an app, by the compacted {@code fanfare.app.settings.v1}. Each gateway
 * compares what it reads from PostgreSQL, every {@code fanfare.directory.refresh} and after each change, with what it has
 * written itself, and writes what differs: all apps after its start, what any gateway changed since, and again what Kafka
 * did not take. So a change needs neither Kafka nor the gateway that made it to be there for longer; that several gateways
 * write the same does no harm, for a record is whole and has a version. Never blocks.
 */
@ApplicationScoped
class AppSettingsPublisher {

    private static final Logger LOGGER = Logger.getLogger(AppSettingsPublisher.class);

    /** Commands want to be written, too. */
    private static final int AT_A_TIME = 8;

    private final RecordWriter writer;
    private final AppSecrets secrets;
    /** App key to the version that Kafka has from this gateway. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile boolean behind;

    AppSettingsPublisher(RecordWriter writer, AppSecrets secrets) {
        this.writer = writer;
        this.secrets = secrets;
    }

    /**
     * Writes what is not written yet; while that goes on another call does nothing, and the next one makes up for it.
     *
     * @param apps all there are
     */
    void tell(List<App> apps) {
        List<App> due = apps.stream()
                .filter(app -> !Long.valueOf(app.version()).equals(told.get(app.key())))
                .toList();
        if (due.isEmpty() || !telling.compareAndSet(false, true)) {
            return;
        }
        Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUni(this::write)
                .merge(AT_A_TIME)
                .collect()
                .last()
                .eventually(() -> telling.set(false))
                .subscribe()
                .with(ignored -> noteUpToDate(due.size()), e -> noteBehind(due.size(), e));
    }

    private Uni<Void> write(App app) {
        return writer.write(record(app)).invoke(() -> told.put(app.key(), app.version()));
    }

    private ProducerRecord<String, byte[]> record(App app) {
        byte[] value = app.status() == AppStatus.DELETED ? null : Json.write(settings(app));
        return new ProducerRecord<>(Topic.APP_SETTINGS.topicName(), app.key(), value);
    }

    private AppSettings settings(App app) {
        App.Zim zim = app.zim();
        Duration confirmTimeout = app.delivery().confirmTimeout();
        return new AppSettings(
                app.key(),
                app.version(),
                zim == null ? null : zim.appId(),
                zim == null
                        ? null
                        : zim.secrets().stream()
                                .map(secret -> secrets.sealZim(app.key(), secret))
                                .toList(),
                confirmTimeout == null ? null : confirmTimeout.toMillis(),
                app.delivery().inboxDays());
    }

    private void noteUpToDate(int count) {
        behind = false;
        LOGGER.debugf("the settings of %d apps were told", count);
    }

    private void noteBehind(int count, Throwable e) {
        if (!behind) {
            LOGGER.warnf("the settings of %d apps cannot be told to delivery nodes yet: %s", count, e.getCause());
        }
        behind = true;
    }
}

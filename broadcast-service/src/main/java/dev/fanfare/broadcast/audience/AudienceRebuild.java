package dev.fanfare.broadcast.audience;

import dev.fanfare.contracts.topic.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Makes the audience anew out of its topic, while it is used: reads all that the topic holds, and then removes whoever was
 * not in it. The usual consumer goes on beside it; whatever either applies is of the new generation, and of a user the
 * later record holds. What breaks off in between has removed nobody, and can be begun again.
 */
@ApplicationScoped
public class AudienceRebuild {

    private static final Logger LOGGER = Logger.getLogger(AudienceRebuild.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BATCH = 2_000;

    private final AudienceTable table;
    private final Map<String, Object> brokers;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean stopped;

    AudienceRebuild(AudienceTable table, @Identifier("default-kafka-broker") Map<String, Object> brokers) {
        this.table = table;
        this.brokers = brokers;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    public boolean isRunning() {
        return running.get();
    }

    /** Begins, unless this node is at it already; completes as soon as it has begun. */
    public Uni<Void> begin() {
        return running.compareAndSet(false, true)
                ? table.nextGeneration()
                        .onFailure()
                        .invoke(() -> running.set(false))
                        .invoke(this::readAll)
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private void readAll(long generation) {
        Uni.createFrom()
                .item(() -> new Reading(consumer()))
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .chain(reading -> reading.toItsEnd().onTermination().invoke(reading::close))
                .chain(read -> table.removeOlderThan(generation)
                        .invoke(removed -> LOGGER.infof(
                                "the audience is made anew: generation=%d read=%d removed=%d",
                                generation, read, removed)))
                .onTermination()
                .invoke(() -> running.set(false))
                .subscribe()
                .with(
                        removed -> {},
                        e -> LOGGER.errorf(e, "the audience was not made anew: generation=%d", generation));
    }

    /** One walk through the topic, up to where it ended at the beginning. */
    private final class Reading {

        private final KafkaConsumer<String, byte[]> consumer;
        private final Map<TopicPartition, Long> ends;
        private volatile boolean atEnd;
        private volatile long read;

        /** Blocks. */
        Reading(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.USER_REGISTERED.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            this.ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
        }

        /** Batch by batch: the next is read when the last one is in the table. Completes with how many users it read. */
        Uni<Long> toItsEnd() {
            return Uni.createFrom()
                    .item(this::poll)
                    .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                    .chain(table::apply)
                    .replaceWith(this)
                    .repeat()
                    .until(reading -> reading.atEnd)
                    .collect()
                    .last()
                    .map(ignored -> read);
        }

        /** Whoever cannot be read was put aside by the usual consumer. Blocks. */
        private UserRecords poll() {
            if (stopped) {
                throw new IllegalStateException("the service stops");
            }
            UserRecords records = UserRecords.of(consumer.poll(POLL));
            read += records.changes().size();
            atEnd = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            return records;
        }

        void close() {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> config = new HashMap<>();
        brokers.forEach((name, value) -> {
            if (ConsumerConfig.configNames().contains(name) && !name.endsWith(".deserializer")) {
                config.put(name, value);
            }
        });
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}

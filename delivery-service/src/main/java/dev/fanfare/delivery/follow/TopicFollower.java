package dev.fanfare.delivery.follow;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads all of a topic, from a point in time or from its beginning, for as long as the node lives: every node sees every
 * record, and nothing is committed. A consumer group would share the records out, which is the opposite; therefore this
 * is a plain consumer on a thread of its own, and all calls of the {@link Listener} come from that thread, in the order of
 * each partition.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** While a partition is full its reader may have room at any moment. */
    private static final Duration POLL_WHILE_FULL = Duration.ofMillis(20);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final String topic;
    private final Instant from;
    private final Listener listener;
    private final Map<String, Object> brokers;
    private final KafkaConsumer<String, byte[]> consumer;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean stopped;
    private IntToLongFunction latestStart;

    /**
     * @param from where to begin; null: at the beginning of the topic
     * @param brokers Kafka client configuration
     */
    public TopicFollower(String topic, Instant from, Map<String, Object> brokers, Listener listener) {
        this.topic = topic;
        this.from = from;
        this.listener = listener;
        this.brokers = known(brokers, AdminClientConfig.configNames());
        Map<String, Object> config = known(brokers, ConsumerConfig.configNames());
        config.keySet().removeIf(name -> name.endsWith(".deserializer"));
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, "follow " + topic);
        thread.setDaemon(true);
    }

    /** Begins to read; completes when everything that the topic held at this moment was told to the listener. */
    public CompletionStage<Void> start() {
        return start(partition -> Long.MAX_VALUE);
    }

    /**
     * The same.
     *
     * @param latestStart partition to an offset behind which it must not begin, also where it would by the time
     */
    public CompletionStage<Void> start(IntToLongFunction latestStart) {
        this.latestStart = latestStart;
        thread.start();
        return caughtUp;
    }

    @Override
    public void close() {
        stopped = true;
        consumer.wakeup();
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer;
                KafkaClientMetrics metrics = new KafkaClientMetrics(consumer)) {
            metrics.bindTo(Metrics.globalRegistry);
            Map<TopicPartition, Long> ends = begin();
            while (!stopped) {
                ConsumerRecords<String, byte[]> records =
                        consumer.poll(consumer.paused().isEmpty() ? POLL : POLL_WHILE_FULL);
                records.forEach(listener::onRecord);
                listener.onPolled();
                pauseWhatIsFull();
                if (!caughtUp.isDone()
                        && ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    caughtUp.complete(null);
                }
            }
        } catch (WakeupException e) {
            LOGGER.debugf("stopped following %s", topic);
        } catch (Exception e) {
            LOGGER.errorf(e, "cannot follow %s any more", topic);
            caughtUp.completeExceptionally(e);
            listener.onFailure(e);
        }
    }

    private void pauseWhatIsFull() {
        Map<Boolean, List<TopicPartition>> byFull = consumer.assignment().stream()
                .collect(Collectors.partitioningBy(partition -> listener.isFull(partition.partition())));
        consumer.pause(byFull.get(true));
        consumer.resume(byFull.get(false));
    }

    /** Takes all partitions and goes to the first record that matters; answers where the topic ends now. */
    private Map<TopicPartition, Long> begin() throws ExecutionException, InterruptedException {
        String topicId;
        try (Admin admin = Admin.create(brokers)) {
            topicId = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId()
                    .toString();
        }
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        if (from == null) {
            consumer.seekToBeginning(partitions);
        } else {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, from.toEpochMilli()));
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
            consumer.offsetsForTimes(times).forEach((partition, found) -> {
                long byTime = found == null ? ends.get(partition) : found.offset();
                long latest = Math.max(beginnings.get(partition), latestStart.applyAsLong(partition.partition()));
                consumer.seek(partition, Math.min(byTime, latest));
            });
        }
        Map<Integer, Long> starts = new HashMap<>();
        partitions.forEach(partition -> starts.put(partition.partition(), consumer.position(partition)));
        listener.onStart(topicId, starts);
        return ends;
    }

    private static Map<String, Object> known(Map<String, Object> config, Set<String> names) {
        Map<String, Object> known = new HashMap<>(config);
        known.keySet().retainAll(names);
        return known;
    }
}

package dev.fanfare.gateway.command;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Writes a record to Kafka and says when all in-sync replicas have it. An item means: kept. A failure comes within
 * {@code fanfare.publishing.patience} and is always an {@link UnavailableException}; then the record was most likely not
 * written, but may have been.
 *
 * <p>The producer may block its caller (first metadata, full buffer), so one thread of its own does the sending; a
 * record whose caller has been given up on is not sent any more. What may wait is bounded in number and in bytes.
 * Callable from any thread; answers on a thread of the producer.
 */
@Startup
@ApplicationScoped
public class RecordWriter {

    private static final Logger LOGGER = Logger.getLogger(RecordWriter.class);
    private static final String KAFKA = "Kafka";
    private static final Set<Topic> TOPICS = Stream.concat(
                    Topic.COMMANDS.stream(), Stream.of(Topic.USER_ACCESS, Topic.USER_REGISTERED, Topic.APP_SETTINGS))
            .collect(Collectors.toUnmodifiableSet());
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    private final Duration patience;
    private final KafkaProducer<String, byte[]> producer;
    private final Semaphore room;
    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new Thread(task, "kafka-sender"));

    public RecordWriter(
            PublishingConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            MeterRegistry registry) {
        this.patience = config.patience();
        this.room = new Semaphore(config.maxWaiting());
        this.producer =
                new KafkaProducer<>(producerConfig(config, brokers), new StringSerializer(), new ByteArraySerializer());
        registry.gauge("fanfare.gateway.records.waiting", room, free -> config.maxWaiting() - free.availablePermits());
    }

    private static Map<String, Object> producerConfig(PublishingConfig config, Map<String, Object> brokers) {
        Map<String, Object> producer = new HashMap<>();
        brokers.forEach((name, value) -> {
            if (ProducerConfig.configNames().contains(name)) {
                producer.put(name, value);
            }
        });
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // A caller waits: a record does not wait for others. Under load batches form while requests are under way.
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
        producer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.bufferBytes());
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, config.maxBlock().toMillis());
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                config.deliveryTimeout().toMillis());
        // After an outage the first record should not pay for the last back-off.
        producer.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        return producer;
    }

    /** The first caller should not wait for connections and for the cluster's metadata. */
    @PostConstruct
    void warmUp() {
        sender.execute(() -> {
            try {
                TOPICS.forEach(topic -> producer.partitionsFor(topic.topicName()));
            } catch (KafkaException e) {
                LOGGER.debugf("Kafka does not answer yet: %s", e);
            }
        });
    }

    /** The item comes when the record is safe. */
    public Uni<Void> write(ProducerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .completionStage(() -> send(record))
                .ifNoItem()
                .after(patience)
                .failWith(() -> new TimeoutException("no acknowledgement within " + patience))
                .onFailure()
                .transform(e -> new UnavailableException(KAFKA, e));
    }

    private CompletableFuture<Void> send(ProducerRecord<String, byte[]> record) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (!room.tryAcquire()) {
            written.completeExceptionally(new RejectedExecutionException("too many records wait for Kafka"));
            return written;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        written.whenComplete((ignored, e) -> room.release());
        sender.execute(() -> sendNow(record, deadline, written));
        return written;
    }

    private void sendNow(ProducerRecord<String, byte[]> record, long deadline, CompletableFuture<Void> written) {
        if (System.nanoTime() >= deadline) {
            written.completeExceptionally(new TimeoutException("waited too long to be sent"));
            return;
        }
        try {
            producer.send(record, (metadata, e) -> {
                if (e == null) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) {
            written.completeExceptionally(e);
        }
    }

    @PreDestroy
    void close() {
        sender.shutdown();
        producer.close(patience);
    }
}

package dev.fanfare.testkit.infra;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes and reads records as another system would, with the plain Kafka clients. */
public final class TestKafka implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> client;
    private final KafkaProducer<String, byte[]> producer;

    public TestKafka(String bootstrapServers) {
        this(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** @param client the broker's address, and what else a client needs to get in */
    public TestKafka(Map<String, Object> client) {
        this.client = Map.copyOf(client);
        this.producer = new KafkaProducer<>(
                with(Map.of("linger.ms", 0, "max.request.size", Topic.MAX_MESSAGE_BYTES)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(client);
        all.putAll(more);
        return all;
    }

    /** Returns when the broker has it, with its offset. */
    public long send(ProducerRecord<String, byte[]> record) throws Exception {
        return producer.send(record).get().offset();
    }

    /** Returns when the broker has all of them. */
    public void sendAll(List<ProducerRecord<String, byte[]>> records) throws Exception {
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    /** Reads a topic from its beginning until {@code count} records satisfy {@code wanted}; fails after 20 s. */
    public List<ConsumerRecord<String, byte[]>> await(
            Topic topic, int count, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            assignAll(consumer, topic);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (found.size() < count && System.nanoTime() < end) {
                consumer.poll(POLL).forEach(record -> {
                    if (wanted.test(record)) {
                        found.add(record);
                    }
                });
            }
        }
        if (found.size() < count) {
            throw new AssertionError(
                    topic.topicName() + ": " + found.size() + " of " + count + " expected records came");
        }
        return found;
    }

    /** Everything that a topic holds now and that satisfies {@code wanted}. */
    public List<ConsumerRecord<String, byte[]>> all(Topic topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            var ends = consumer.endOffsets(assignAll(consumer, topic));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> {
                    if (wanted.test(record)) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    /** The offsets that a consumer group has committed, by partition; those without are absent. */
    public Map<Integer, Long> committed(String group, Topic topic) throws Exception {
        Map<Integer, Long> committed = new HashMap<>();
        try (Admin admin = admin()) {
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null && partition.topic().equals(topic.topicName())) {
                            committed.put(partition.partition(), offset.offset());
                        }
                    });
        }
        return committed;
    }

    private Admin admin() {
        return Admin.create(client);
    }

    /** The record's value, read as every service reads it. */
    public static <T> T valueOf(ConsumerRecord<String, byte[]> record, Class<T> type) {
        try {
            return Json.read(record.value(), type);
        } catch (MalformedJsonException e) {
            throw new AssertionError("no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static List<TopicPartition> assignAll(KafkaConsumer<String, byte[]> consumer, Topic topic) {
        var partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                with(Map.of("enable.auto.commit", false)), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}

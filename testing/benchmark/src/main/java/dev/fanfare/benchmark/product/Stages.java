package dev.fanfare.benchmark.product;

import dev.fanfare.contracts.topic.Topic;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How far the messages of an app are: rendered, stored, routed, pushed. Seen from outside, where each stage leaves what it
 * has done, and so late by a look at most. Nothing else may be on its way meanwhile. One thread.
 */
public final class Stages implements AutoCloseable {

    private static final long LOOK_NANOS = 5_000_000;
    private static final String STORED =
            "select coalesce(sum(last_offset), 0)::bigint from delivery.inbox where app_key = ?";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Connection postgres;
    private final String appKey;
    private final Pushes pushes;
    private final Map<Stage, Long> before = new EnumMap<>(Stage.class);

    /** What becomes of a message to a user who is away. */
    public enum Stage {
        RENDERED("rendered"),
        STORED("stored"),
        ROUTED("routed"),
        PUSHED("pushed");

        private final String text;

        Stage(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public Stages(Installation installation, String appKey, Pushes pushes) throws SQLException {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        installation.endpoints().kafkaBootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        postgres = DriverManager.getConnection(installation.jdbcUrl());
        this.appKey = appKey;
        this.pushes = pushes;
    }

    /** From here on is counted. */
    public void mark() throws IOException, InterruptedException, SQLException {
        for (Stage stage : Stage.values()) {
            before.put(stage, count(stage));
        }
    }

    /** When ({@link System#nanoTime()}) so many messages had each stage behind them; otherwise it is an error. */
    public Map<Stage, Long> await(long messages, Duration patience)
            throws IOException, InterruptedException, SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        Map<Stage, Long> reached = new EnumMap<>(Stage.class);
        while (reached.size() < Stage.values().length) {
            for (Stage stage : Stage.values()) {
                if (!reached.containsKey(stage) && count(stage) - before.get(stage) >= messages) {
                    reached.put(stage, System.nanoTime());
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("of " + messages + " messages only " + reached.keySet());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return reached;
    }

    private long count(Stage stage) throws IOException, InterruptedException, SQLException {
        return switch (stage) {
            case RENDERED -> records(Topic.DELIVERY_DIRECT);
            case STORED -> stored();
            case ROUTED -> records(Topic.DELIVERY_PUSH);
            case PUSHED -> pushes.counts().pushes();
        };
    }

    private long records(Topic topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long stored() throws SQLException {
        try (PreparedStatement statement = postgres.prepareStatement(STORED)) {
            statement.setString(1, appKey);
            try (ResultSet sum = statement.executeQuery()) {
                sum.next();
                return sum.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        consumer.close();
        postgres.close();
    }
}

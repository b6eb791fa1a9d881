package dev.fanfare.benchmark.product;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The registered users of an app, written where the gateway writes them. */
public final class Audience {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long LOOK_NANOS = 250_000_000;

    private final Installation installation;

    public Audience(Installation installation) {
        this.installation = installation;
    }

    /** Registers {@code user-<from>} to {@code user-<to - 1>}; returns when whoever reads of them has read it all. */
    public void register(String appKey, int from, int to) throws InterruptedException {
        String brokers = installation.endpoints().kafkaBootstrapServers();
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024);
        long now = System.currentTimeMillis();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            for (int user = from; user < to; user++) {
                String userId = "user-" + user;
                byte[] value = Json.write(new RegisteredUser(appKey, userId, null, now, 1));
                producer.send(new ProducerRecord<>(
                        Topic.USER_REGISTERED.topicName(), RecordKey.ofUser(appKey, userId), value));
            }
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!isRead(admin)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the registered users were not read");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the brokers do not say what was read", e);
        }
    }

    private static boolean isRead(Admin admin) throws ExecutionException, InterruptedException {
        String topic = Topic.USER_REGISTERED.topicName();
        List<TopicPartition> partitions =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        Map<TopicPartition, Long> ends = admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
        for (GroupListing group : admin.listGroups().all().get()) {
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            if (partitions.stream().anyMatch(read::containsKey)) {
                return partitions.stream()
                        .allMatch(partition -> ends.get(partition) == 0
                                || read.containsKey(partition)
                                        && read.get(partition).offset() >= ends.get(partition));
            }
        }
        return false;
    }
}

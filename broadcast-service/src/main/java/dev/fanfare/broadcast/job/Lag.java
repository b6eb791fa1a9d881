package dev.fanfare.broadcast.job;

import dev.fanfare.contracts.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a consumer group is behind the end of a topic, as the brokers know it: what was read and not committed counts as
 * behind. A partition of which the group never committed anything is behind from its beginning.
 */
@ApplicationScoped
class Lag {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Admin admin;

    Lag(@Identifier("default-kafka-broker") Map<String, Object> brokers) {
        Map<String, Object> config = new HashMap<>();
        brokers.forEach((name, value) -> {
            if (AdminClientConfig.configNames().contains(name)) {
                config.put(name, value);
            }
        });
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.admin = Admin.create(config);
    }

    /** Records of the topic that the group has not worked on. */
    Uni<Long> of(String group, Topic topic) {
        return partitions(topic).chain(partitions -> Uni.combine()
                .all()
                .unis(
                        committed(group, partitions),
                        offsets(partitions, OffsetSpec.latest()),
                        offsets(partitions, OffsetSpec.earliest()))
                .with((committed, ends, begins) -> partitions.stream()
                        .mapToLong(partition -> ends.get(partition)
                                - Math.max(committed.getOrDefault(partition, 0L), begins.get(partition)))
                        .map(behind -> Math.max(0, behind))
                        .sum()));
    }

    private Uni<List<TopicPartition>> partitions(Topic topic) {
        String name = topic.topicName();
        return uni(admin.describeTopics(List.of(name)).allTopicNames())
                .map(described -> described.get(name).partitions().stream()
                        .map(info -> new TopicPartition(name, info.partition()))
                        .toList());
    }

    private Uni<Map<TopicPartition, Long>> committed(String group, Collection<TopicPartition> partitions) {
        var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
        return uni(admin.listConsumerGroupOffsets(Map.of(group, spec)).partitionsToOffsetAndMetadata(group))
                .map(offsets -> offsets.entrySet().stream()
                        .filter(entry -> Objects.nonNull(entry.getValue()))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().offset())));
    }

    private Uni<Map<TopicPartition, Long>> offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
        return uni(admin.listOffsets(asked).all()).map(found -> found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue()))));
    }

    private static long offset(ListOffsetsResultInfo info) {
        return info.offset();
    }

    private static <T> Uni<T> uni(KafkaFuture<T> future) {
        return Uni.createFrom().completionStage(future.toCompletionStage());
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}

package dev.fanfare.broadcast.offset;

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
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Where topics end and how far consumer groups are, as the brokers know it: what was read and not committed counts as not
 * done. An answer comes, or fails, within 5 s.
 */
@ApplicationScoped
public class Offsets {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Admin admin;

    Offsets(@Identifier("default-kafka-broker") Map<String, Object> brokers) {
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

    /** The offset that each partition's next record gets. */
    public Uni<Map<TopicPartition, Long>> ends(Topic topic) {
        return partitions(topic).chain(partitions -> offsets(partitions, OffsetSpec.latest()));
    }

    /** Up to which offset a group is done. Of a partition where it never committed anything: none of it. */
    public Uni<Map<TopicPartition, Long>> done(String group, Topic topic) {
        return partitions(topic).chain(partitions -> Uni.combine()
                .all()
                .unis(offsets(partitions, OffsetSpec.earliest()), committed(group, partitions))
                .with((begins, committed) -> {
                    committed.forEach((partition, offset) -> begins.merge(partition, offset, Math::max));
                    return begins;
                }));
    }

    /** How many records of the topic a group has not worked on. */
    public Uni<Long> behind(String group, Topic topic) {
        // First what is done: it must not overtake the end.
        return done(group, topic).chain(done -> ends(topic).map(ends -> ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - done.getOrDefault(end.getKey(), 0L)))
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
        return uni(admin.listOffsets(asked).all()).map(found -> {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            found.forEach((partition, info) -> offsets.put(partition, info.offset()));
            return offsets;
        });
    }

    private static <T> Uni<T> uni(KafkaFuture<T> future) {
        return Uni.createFrom().completionStage(future.toCompletionStage());
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}

package dev.fanfare.standalone.doctor;

import dev.fanfare.contracts.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a topic must be like for Fanfare's promises to hold. Retention is the operator's once a topic is there, but not
 * less than the catalogue's; partitions are the operator's.
 */
final class TopicRules {

    private static final String PART = "Kafka";
    private static final String RETENTION = "retention.ms";
    private static final String LARGEST = "max.message.bytes";
    private static final int SAFE_REPLICAS = 3;

    private TopicRules() {}

    /** @param actual the topic's configuration as the broker has it */
    static List<Finding> judge(Topic topic, Map<String, String> actual) {
        List<Finding> findings = new ArrayList<>();
        topic.config().forEach((name, wanted) -> {
            String found = actual.get(name);
            if (!suffices(name, wanted, found)) {
                findings.add(Finding.wrong(
                        PART,
                        "%s has %s=%s instead of %s".formatted(topic.topicName(), name, found, wanted),
                        "kafka-configs.sh --alter --topic %s --add-config %s=%s"
                                .formatted(topic.topicName(), name, wanted)));
            }
        });
        return findings;
    }

    private static boolean suffices(String name, String wanted, String found) {
        if (found == null) {
            return false;
        }
        return switch (name) {
            case RETENTION -> Long.parseLong(found) < 0 || Long.parseLong(found) >= Long.parseLong(wanted);
            case LARGEST -> Long.parseLong(found) >= Long.parseLong(wanted);
            default -> found.equals(wanted);
        };
    }

    /** With as many brokers a topic that is on fewer of them is lost sooner than need be. */
    static List<Finding> judgeReplicas(Topic topic, int replicas, int brokers) {
        return replicas >= Math.min(SAFE_REPLICAS, brokers)
                ? List.of()
                : List.of(Finding.wrong(
                        PART,
                        "%s has %d replica%s on %d brokers"
                                .formatted(topic.topicName(), replicas, replicas == 1 ? "" : "s", brokers),
                        "Reassign its partitions to three brokers (kafka-reassign-partitions.sh)"));
    }
}

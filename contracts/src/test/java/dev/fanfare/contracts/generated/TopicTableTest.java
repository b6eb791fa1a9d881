package dev.fanfare.contracts.generated;

import dev.fanfare.contracts.generated.RecordTypes.RecordType;
import dev.fanfare.contracts.topic.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/topics.md}, made from the catalogue. */
class TopicTableTest {

    private static final String HEAD =
            """
            # Topics

            Made from [`Topic`](../contracts/src/main/java/dev/fanfare/contracts/topic/Topic.java) by `%s`; do not edit.

            Partitions are those of a new cluster; a topic that exists is left as it is. A record may weigh %,d bytes. All
            topics are stamped by the broker (`LogAppendTime`): by its clock the age of a broadcast and the freshness of a
            signature are judged. Brokers must not create topics by themselves.

            | topic | record | key | partitions | kept | written by | read by |
            |---|---|---|---|---|---|---|
            """;

    @Test
    void agreesWithTheCatalogue() throws Exception {
        // When
        String rows = Arrays.stream(Topic.values()).map(TopicTableTest::row).collect(Collectors.joining());

        // Then
        GeneratedFile.check(
                "docs/topics.md", HEAD.formatted(GeneratedFile.HOW_TO_UPDATE, Topic.MAX_MESSAGE_BYTES) + rows);
    }

    private static String row(Topic topic) {
        List<RecordType> types = RecordTypes.of(topic);
        String record = types.isEmpty()
                ? "as it was, with the reason in its headers"
                : types.stream()
                        .map(type -> "[" + type.type().getSimpleName() + "](schema/" + type.name() + ".json)")
                        .collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %d | %s | %s | %s |\n"
                .formatted(
                        topic.topicName(),
                        record,
                        topic.key(),
                        topic.partitions(),
                        topic.retention().map(TopicTableTest::text).orElse("compacted: the last of each key"),
                        topic.writers(),
                        topic.readers());
    }

    private static String text(Duration retention) {
        return retention.toDays() > 0 ? retention.toDays() + " d" : retention.toHours() + " h";
    }
}

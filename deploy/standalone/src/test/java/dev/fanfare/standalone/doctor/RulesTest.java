package dev.fanfare.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

    private static final Topic TOPIC = Topic.DELIVERY_STREAM;

    @Test
    void aTopicOfTheCatalogueIsWell() {
        assertThat(TopicRules.judge(TOPIC, TOPIC.config())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "message.timestamp.type, CreateTime",
        "cleanup.policy, compact",
        "max.message.bytes, 1048576",
        "retention.ms, 1000"
    })
    void aTopicThatDiffersIsNamedWithTheCommandThatMendsIt(String name, String value) {
        // Given
        Map<String, String> actual = new TreeMap<>(TOPIC.config());
        actual.put(name, value);

        // When
        List<Finding> findings = TopicRules.judge(TOPIC, actual);

        // Then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains(TOPIC.topicName(), name + "=" + value);
            assertThat(finding.advice())
                    .contains("--topic " + TOPIC.topicName())
                    .contains(name + "=" + TOPIC.config().get(name));
        });
    }

    @ParameterizedTest
    @CsvSource({"retention.ms, -1", "retention.ms, 99999999999", "max.message.bytes, 9999999"})
    void moreThanTheCatalogueSaysIsTheOperatorsChoice(String name, String value) {
        // Given
        Map<String, String> actual = new TreeMap<>(TOPIC.config());
        actual.put(name, value);

        // When
        List<Finding> findings = TopicRules.judge(TOPIC, actual);

        // Then
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true", "3, 3, true", "3, 9, true", "1, 3, false", "2, 3, false", "1, 2, false"})
    void aTopicIsOnThreeBrokersWhereThereAreSoMany(int replicas, int brokers, boolean well) {
        assertThat(TopicRules.judgeReplicas(TOPIC, replicas, brokers).isEmpty()).isEqualTo(well);
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 5, true", "5, 0, 0, true", "4, 0, 5, false", "6, 0, 5, false", "5, 1, 5, false"})
    void aSchemaIsAsNewAsItsService(int version, int failed, int newest, boolean well) {
        assertThat(SchemaRule.judge("PostgreSQL", "delivery", version, failed, newest)
                        .isWell())
                .isEqualTo(well);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT2S, true", "PT-2S, true", "PT2.1S, false", "PT-1H, false"})
    void clocksMayDifferByTwoSeconds(Duration ahead, boolean well) {
        assertThat(ClockRule.judge("Redis", ahead).isWell()).isEqualTo(well);
    }
}

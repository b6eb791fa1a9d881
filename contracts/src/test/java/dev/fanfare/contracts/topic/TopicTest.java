package dev.fanfare.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.Limits;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {

    @Test
    void namesAreVersionedAndUnique() {
        assertThat(Arrays.stream(Topic.values()).map(Topic::topicName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("fanfare(\\.[a-z]+(-[a-z0-9]+)*)+\\.v[0-9]+(\\.rejected)?"));
    }

    @ParameterizedTest
    @EnumSource
    void theBrokerTakesTheConfiguration(Topic topic) {
        // When
        Map<String, String> config = topic.config();

        // Then
        assertThat(config)
                .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
                .containsEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topic.MAX_MESSAGE_BYTES));
        assertThat(config.get(TopicConfig.CLEANUP_POLICY_CONFIG))
                .isEqualTo(topic.retention().isPresent() ? "delete" : "compact");
        assertThat(config.containsKey(TopicConfig.RETENTION_MS_CONFIG))
                .isEqualTo(topic.retention().isPresent());
        assertThat(topic.partitions()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = ".*_COMMAND", mode = EnumSource.Mode.MATCH_ALL)
    void aRefusedCommandGoesToATopicNamedAfterItsOwn(Topic command) {
        assertThat(command.rejected().topicName()).isEqualTo(command.topicName() + ".rejected");
        assertThat(command.rejected().key()).isEqualTo(command.key());
    }

    @Test
    void theCommandsAreThoseThatCanBeRefused() {
        assertThat(Arrays.stream(Topic.values()).filter(topic -> topic.name().endsWith("_COMMAND")))
                .containsExactlyElementsOf(Topic.COMMANDS);
    }

    @ParameterizedTest
    @EnumSource(names = "DELIVERY_(?!REJECTED).*|USER_.*|APP_SETTINGS", mode = EnumSource.Mode.MATCH_ALL)
    void anUnreadableDeliveryGoesToOneTopicForAll(Topic delivery) {
        assertThat(delivery.rejected()).isEqualTo(Topic.DELIVERY_REJECTED);
    }

    @ParameterizedTest
    @EnumSource(names = ".*_REJECTED", mode = EnumSource.Mode.MATCH_ALL)
    void whatIsRejectedIsNotRejectedAgain(Topic rejected) {
        assertThatThrownBy(rejected::rejected).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theLargestCommandFitsWithItsHeaders() {
        assertThat(Limits.COMMAND_BYTES).isLessThan(Topic.MAX_MESSAGE_BYTES - 64 * 1024);
    }

    @Test
    void keysOfUsersAndGroupsDiffer() {
        assertThat(RecordKey.ofApp("app")).isEqualTo("app");
        assertThat(RecordKey.ofUser("app", "u1")).isEqualTo("app:u1");
        assertThat(RecordKey.ofGroup("app", "u1")).isEqualTo("app:group:u1");
    }
}

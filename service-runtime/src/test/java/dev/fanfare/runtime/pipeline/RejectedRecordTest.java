package dev.fanfare.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RejectedRecordTest {

    @Test
    void isTheRecordAsItWasAndWhy() {
        // Given
        var record = recordOf("value".getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_id", "7".getBytes(StandardCharsets.UTF_8)).add("empty", null);

        // When
        OutRecord rejected = RejectedRecord.of(Topic.TEMPLATE_COMMAND, record, "STALE", "too old");

        // Then
        assertThat(rejected.topic()).isEqualTo(Topic.TEMPLATE_COMMAND_REJECTED);
        assertThat(rejected.key()).isEqualTo("app");
        assertThat(rejected.value()).asString().isEqualTo("value");
        assertThat(rejected.headers())
                .containsEntry("ce_id", "7")
                .containsEntry(RejectedHeaders.REASON, "STALE")
                .containsEntry(RejectedHeaders.TEXT, "too old")
                .containsEntry(RejectedHeaders.POSITION, "fanfare.template.command.v1:3:42")
                .hasSize(4);
    }

    @Test
    void leavesAValueBehindThatIsNotThereOrTooLarge() {
        // Given
        var none = recordOf(null);
        var large = recordOf(new byte[Limits.COMMAND_BYTES + 1]);

        // When
        var rejected = Stream.of(none, large)
                .map(record -> RejectedRecord.of(Topic.TEMPLATE_COMMAND, record, "INVALID", "size"));

        // Then
        assertThat(rejected).allSatisfy(record -> assertThat(record.value()).isEmpty());
    }

    @Test
    void leavesHeadersBehindThatAreTooLarge() {
        // Given
        var record = recordOf(new byte[] {1});
        record.headers().add("ce_id", new byte[] {'7'}).add("large", new byte[1_000_000]);

        // When
        OutRecord rejected = RejectedRecord.of(Topic.TEMPLATE_COMMAND, record, "UNSIGNED", "no signature");

        // Then
        assertThat(rejected.headers())
                .containsKeys("ce_id", RejectedHeaders.REASON)
                .doesNotContainKey("large");
    }

    @Test
    void leavesAKeyBehindThatIsTooLarge() {
        // Given
        var record = new ConsumerRecord<>(
                "fanfare.template.command.v1", 3, 42, "x".repeat(Limits.COMMAND_BYTES), new byte[] {1});

        // When
        OutRecord rejected = RejectedRecord.of(Topic.TEMPLATE_COMMAND, record, "UNSIGNED", "no signature");

        // Then
        assertThat(rejected.key()).isNull();
    }

    private static ConsumerRecord<String, byte[]> recordOf(byte[] value) {
        return new ConsumerRecord<>("fanfare.template.command.v1", 3, 42, "app", value);
    }
}

package dev.fanfare.broadcast.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserRecordsTest {

    @Test
    void theHigherVersionHoldsWhicheverComesFirst() {
        // When
        var records = UserRecords.of(List.of(
                registered(10, "u1", 2, List.of("new")),
                registered(11, "u1", 1, List.of("old")),
                registered(12, "u2", 1, null)));

        // Then
        assertThat(records.changes())
                .containsExactly(
                        new UserChange("app", "u1", List.of("new"), 2, false, 11),
                        new UserChange("app", "u2", List.of(), 1, false, 12));
        assertThat(records.rejected()).isEmpty();
    }

    @Test
    void aRemovalHoldsUntilTheUserComesAgain() {
        // When
        var records = UserRecords.of(List.of(
                registered(1, "gone", 7, null),
                removed(2, "gone"),
                registered(3, "back", 7, null),
                removed(4, "back"),
                registered(5, "back", 1, List.of("again"))));

        // Then
        assertThat(records.changes())
                .containsExactly(
                        new UserChange("app", "gone", List.of(), 0, true, 2),
                        new UserChange("app", "back", List.of("again"), 1, false, 5));
        assertThat(records.removed()).containsExactly(new UserChange("app", "back", List.of(), 0, true, 4));
    }

    @Test
    void aUserIdMayHaveAColon() {
        // When
        var records = UserRecords.of(List.of(removed(1, "a:b")));

        // Then
        assertThat(records.changes()).containsExactly(new UserChange("app", "a:b", List.of(), 0, true, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    app:u1 | no JSON                                                            | MALFORMED
                    app:u1 | null                                                               | MALFORMED
                    app:u1 | {}                                                                 | INVALID
                    app:u1 | {"appKey":"app","version":1}                                       | INVALID
                    app:u1 | {"appKey":"app","userId":"u2","version":1}                         | INVALID
                    app:u1 | {"appKey":"other","userId":"u1","version":1}                       | INVALID
                    app:u1 | {"appKey":"app","userId":"u1","tags":[""],"version":1}             | INVALID
                    app:u1 | {"appKey":"app","userId":"u1","tags":[null],"version":1}           | INVALID
                    app:u1 | {"appKey":"app","userId":"u1","tags":["\\u0000"],"version":1}      | INVALID
                           | {"appKey":"app","userId":"u1","version":1}                         | INVALID
                           |                                                                    | INVALID
                    nobody |                                                                    | INVALID
                    app:   |                                                                    | INVALID
                    """)
    void putsAsideWhatSaysNothingAndKeepsTheOthers(String key, String value, String reason) {
        // Given
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        var poison = new ConsumerRecord<>(Topic.USER_REGISTERED.topicName(), 0, 1, key, bytes);

        // When
        var records = UserRecords.of(List.of(poison, registered(2, "good", 1, null)));

        // Then
        assertThat(records.rejected()).hasSize(1).first().satisfies(record -> {
            assertThat(record.topic()).isEqualTo(Topic.DELIVERY_REJECTED);
            assertThat(record.headers()).containsEntry(RejectedHeaders.REASON, reason);
        });
        assertThat(records.changes()).extracting(UserChange::userId).containsExactly("good");
    }

    @Test
    void putsAsideAUserWithTooManyTags() {
        // When
        var records = UserRecords.of(List.of(registered(1, "u1", 1, Collections.nCopies(21, "tag"))));

        // Then
        assertThat(records.changes()).isEmpty();
        assertThat(records.rejected()).hasSize(1);
    }

    @Test
    void writesTagsAsPostgresReadsThem() {
        // When
        String literal = AudienceTable.literal(List.of("plain", "with \"quotes\"", "back\\slash", "a,b", "{}", "null"));

        // Then
        assertThat(literal).isEqualTo("{\"plain\",\"with \\\"quotes\\\"\",\"back\\\\slash\",\"a,b\",\"{}\",\"null\"}");
    }

    private static ConsumerRecord<String, byte[]> registered(
            long offset, String userId, long version, List<String> tags) {
        return new ConsumerRecord<>(
                Topic.USER_REGISTERED.topicName(),
                0,
                offset,
                RecordKey.ofUser("app", userId),
                Json.write(new RegisteredUser("app", userId, tags, 1, version)));
    }

    private static ConsumerRecord<String, byte[]> removed(long offset, String userId) {
        return new ConsumerRecord<>(
                Topic.USER_REGISTERED.topicName(), 0, offset, RecordKey.ofUser("app", userId), null);
    }
}

package dev.fanfare.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageUidTest {

    private static final long MAX_TIME = (1L << 42) - 1;
    private static final int MAX_SEQUENCE = (1 << 14) - 1;
    private static final int MAX_NODE = (1 << 20) - 1;

    @Test
    void everyBitHasItsPlace() {
        assertThat(MessageUid.of(0, 0, MessageKind.BROADCAST, 0)).isEqualTo("0000-0000-0001-0000");
        assertThat(MessageUid.of(0, 1, MessageKind.GROUP_STATUS, 1)).isEqualTo("0000-0000-000I-0001");
        assertThat(MessageUid.of(1, 0, MessageKind.SYSTEM, 0)).isEqualTo("0000-0000-8003-0000");
        assertThat(MessageUid.of(MAX_TIME, MAX_SEQUENCE, MessageKind.SYSTEM, MAX_NODE))
                .isEqualTo("VVVV-VVVV-VVVJ-VVVV");
    }

    @Property
    void isValidAndGivesItsTimeBack(
            @ForAll @LongRange(min = 0, max = MAX_TIME) long time,
            @ForAll @IntRange(max = MAX_SEQUENCE) int sequence,
            @ForAll MessageKind kind,
            @ForAll @IntRange(max = MAX_NODE) int node) {
        // When
        String uid = MessageUid.of(time, sequence, kind, node);

        // Then
        assertThat(MessageUid.isValid(uid)).isTrue();
        assertThat(MessageUid.timeOf(uid)).isEqualTo(time);
    }

    @Property
    void sortsByTimeAsText(@ForAll @Size(min = 2, max = 20) List<@LongRange(min = 0, max = MAX_TIME) Long> times) {
        // Given
        List<String> uids = times.stream()
                .map(time -> MessageUid.of(time, 0, MessageKind.SYSTEM, 0))
                .toList();

        // When
        List<String> sorted = uids.stream().sorted().toList();

        // Then
        assertThat(sorted.stream().map(MessageUid::timeOf)).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "5FGT7VA9G4DD4V5P",
                "5FGT-7VA9-G4DD-4V5",
                "5FGT-7VA9-G4DD-4V5PP",
                "5FGT-7VA9-G4DD-4V5W",
                "5fgt-7va9-g4dd-4v5p",
                "5FGT-7VA9-G4DD-4V5P\n",
                "XXXX-JJJJ-KKK-LLLL"
            })
    void otherFormsAreNotValid(String text) {
        assertThat(MessageUid.isValid(text)).isFalse();
    }

    @Test
    void theVendorsFormIsValid() {
        assertThat(MessageUid.isValid("5FGT-7VA9-G4DD-4V5P")).isTrue();
    }

    @Test
    void aDerivedIdIsTheSameForTheSameRecord() {
        assertThat(MessageUid.derived(1_767_322_983_678L, "app", "order-4711", "u1"))
                .isEqualTo(MessageUid.derived(1_767_322_983_678L, "app", "order-4711", "u1"))
                .isEqualTo("CRFI-K9PV-JFA0-HVBC");
    }

    @Test
    void derivedIdsDifferWhereAnythingDiffers() {
        // Given
        Set<String> uids = new HashSet<>();

        // When
        uids.add(MessageUid.derived(1, "app", "id", "user"));
        uids.add(MessageUid.derived(2, "app", "id", "user"));
        uids.add(MessageUid.derived(1, "other", "id", "user"));
        uids.add(MessageUid.derived(1, "app", "other", "user"));
        uids.add(MessageUid.derived(1, "app", "id", "other"));
        uids.add(MessageUid.derived(1, "app", "id", ""));
        // the same letters, cut elsewhere
        uids.add(MessageUid.derived(1, "appi", "d", "user"));
        uids.add(MessageUid.derived(1, "app", "iduser", ""));

        // Then
        assertThat(uids).hasSize(8).allMatch(MessageUid::isValid);
    }

    @Test
    void derivedIdsOfOneRecordDifferForAllItsRecipients() {
        // When
        List<String> uids = IntStream.range(0, 10_000)
                .mapToObj(i -> MessageUid.derived(1_767_322_983_678L, "app", "order-4711", "user-" + i))
                .toList();

        // Then
        assertThat(uids).doesNotHaveDuplicates().allMatch(uid -> MessageUid.timeOf(uid) == 1_767_322_983_678L);
    }

    @Test
    void aTimeThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> MessageUid.derived(-1, "app", "id", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MessageUid.derived(MAX_TIME + 1, "app", "id", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

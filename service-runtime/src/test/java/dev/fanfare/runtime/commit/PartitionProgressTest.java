package dev.fanfare.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress();

    @Test
    void hasNothingToCommitAtFirst() {
        // When
        progress.begin(9);

        // Then
        assertThat(progress.due()).isEmpty();
        assertThat(progress.isIdle()).isFalse();
    }

    @Test
    void commitsTheOffsetAfterTheLastRecordOfABatch() {
        // Given
        progress.begin(9);

        // When
        progress.end(9);

        // Then
        assertThat(progress.due()).hasValue(10);
        assertThat(progress.isIdle()).isTrue();
    }

    @Test
    void waitsForTheBatchesBefore() {
        // Given
        progress.begin(9);
        progress.begin(19);
        progress.begin(29);
        progress.end(29);
        progress.end(19);
        var before = progress.due();

        // When
        progress.end(9);

        // Then
        assertThat(before).isEmpty();
        assertThat(progress.due()).hasValue(30);
    }

    @Test
    void commitsNothingTwice() {
        // Given
        progress.begin(9);
        progress.end(9);

        // When
        progress.committed(10);

        // Then
        assertThat(progress.due()).isEmpty();
    }

    @Test
    void tellsAgainWhatWasNotCommitted() {
        // Given
        progress.begin(9);
        progress.end(9);
        progress.due();
        progress.begin(19);

        // When
        progress.end(19);

        // Then
        assertThat(progress.due()).hasValue(20);
    }

    @Test
    void ignoresABatchFromBeforeThePartitionWasAssigned() {
        // Given
        progress.begin(9);

        // When
        progress.end(19);

        // Then
        assertThat(progress.due()).isEmpty();
        assertThat(progress.isIdle()).isFalse();
    }
}

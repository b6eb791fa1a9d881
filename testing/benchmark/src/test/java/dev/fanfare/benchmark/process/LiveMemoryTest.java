package dev.fanfare.benchmark.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LiveMemoryTest {

    @Test
    void readsTheSumOfTheHistogram() {
        // Given
        String histogram = " num     #instances         #bytes  class name (module)\n"
                + "   1:          1000          48000  [B (java.base)\n" + "Total        123456        7890123\n";

        // Then
        assertThat(LiveMemory.heapBytes(histogram)).isEqualTo(7_890_123);
    }

    @Test
    void refusesAHistogramWithoutSum() {
        assertThatThrownBy(() -> LiveMemory.heapBytes("Could not attach")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsWhatCodeAskedForOutsideTheHeap() {
        // Given
        String summary = "-                Internal (reserved=595KB, committed=595KB)\n"
                + "-                     Other (reserved=16650KB, committed=16650KB)\n";

        // Then
        assertThat(LiveMemory.directBytes(summary)).isEqualTo(16_650 * 1024);
        assertThat(LiveMemory.directBytes("- Symbol (reserved=1KB, committed=1KB)"))
                .isZero();
    }
}

package dev.fanfare.benchmark.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessCostTest {

    @Test
    void addsUserAndSystemTime() {
        // Given: a process whose name looks like more fields
        String stat = "77 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 12 0 100 1 2 3";

        // Then
        assertThat(ProcessCost.cpuMillis(stat)).isEqualTo(2000);
    }

    @Test
    void readsResidentMemory() {
        assertThat(ProcessCost.residentBytes("Name:\tjava\nVmPeak:\t  9000 kB\nVmRSS:\t    12 kB\n"))
                .isEqualTo(12 * 1024);
    }

    @Test
    void noticesThatThereIsNone() {
        assertThatThrownBy(() -> ProcessCost.residentBytes("Name:\tzombie\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

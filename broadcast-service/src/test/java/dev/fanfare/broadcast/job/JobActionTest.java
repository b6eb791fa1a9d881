package dev.fanfare.broadcast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.JobProgress.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobActionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SCHEDULED | PAUSE  |
                    SCHEDULED | RESUME |
                    SCHEDULED | CANCEL | CANCELLED
                    RUNNING   | PAUSE  | PAUSED
                    RUNNING   | RESUME | RUNNING
                    RUNNING   | CANCEL | CANCELLED
                    PAUSED    | PAUSE  | PAUSED
                    PAUSED    | RESUME | RUNNING
                    PAUSED    | CANCEL | CANCELLED
                    CANCELLED | PAUSE  |
                    CANCELLED | RESUME |
                    CANCELLED | CANCEL | CANCELLED
                    DONE      | PAUSE  |
                    DONE      | RESUME |
                    DONE      | CANCEL |
                    """)
    void leadsFromStateToState(State now, JobAction action, State expected) {
        // Then
        assertThat(action.after(now).orElse(null)).isEqualTo(expected);
    }
}

package dev.fanfare.broadcast.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutstandingTest {

    private static final JobsConfig.Pace BOUNDS = new JobsConfig.Pace() {
        @Override
        public long chunks() {
            return 40;
        }

        @Override
        public long deliveries() {
            return 2_000;
        }

        @Override
        public long pushes() {
            return 20_000;
        }

        @Override
        public Duration measure() {
            return Duration.ofSeconds(1);
        }

        @Override
        public String dispatchGroup() {
            return "dispatch";
        }

        @Override
        public String pushGroup() {
            return "push";
        }
    };

    @ParameterizedTest
    @CsvSource({
        "CHUNKS,0,0,true",
        "CHUNKS,39,19999,true",
        "CHUNKS,40,0,false",
        "CHUNKS,0,20000,false",
        "INBOXES,1999,0,true",
        "INBOXES,2000,0,false",
        "INBOXES,0,20000,false"
    })
    void leavesRoomBelowItsBounds(PushHalf half, long records, long pushes, boolean expected) {
        // Then
        assertThat(new Outstanding(records, pushes).leavesRoom(half, BOUNDS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"30,9,true", "30,10,false"})
    void countsWhatWasWrittenSince(long measured, int written, boolean expected) {
        // When
        Outstanding now = new Outstanding(measured, 0).plus(written);

        // Then
        assertThat(now.leavesRoom(PushHalf.CHUNKS, BOUNDS)).isEqualTo(expected);
    }
}

package dev.fanfare.broadcast.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateTest {

    @Test
    void isMeasuredFromOneTellingToTheNext() {
        // Given
        Rate started = Rate.from(1_000, 50_000);

        // When
        Rate next = started.at(5_000, 52_000);

        // Then
        assertThat(started.isOld(50_999)).isFalse();
        assertThat(started.isOld(51_000)).isTrue();
        assertThat(next).isEqualTo(new Rate(2_000, 5_000, 52_000));
    }

    @Test
    void saysWhenTheJobEnds() {
        // Given
        Rate rate = new Rate(2_000, 0, 0);

        // Then
        assertThat(rate.endsAt(4_000, 10_000L, 60_000)).isEqualTo(63_000);
        assertThat(rate.endsAt(11_000, 10_000L, 60_000))
                .as("more came than were counted")
                .isEqualTo(60_000);
        assertThat(rate.endsAt(4_000, null, 60_000)).as("not counted yet").isNull();
        assertThat(Rate.from(0, 0).endsAt(0, 10L, 60_000)).as("no rate yet").isNull();
    }
}

package dev.fanfare.gateway.zim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestIdsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void areDecimalAndRise() {
        // Given
        RequestIds ids = new RequestIds(CLOCK, 4095);
        long last = 0;

        for (int i = 0; i < 10_000; i++) {
            // When
            String id = ids.next();

            // Then
            assertThat(id).matches("[0-9]{18,19}");
            assertThat(Long.parseLong(id)).isGreaterThan(last);
            last = Long.parseLong(id);
        }
    }

    @Test
    void ofTwoProcessesDiffer() {
        // Given
        RequestIds here = new RequestIds(CLOCK, 1);
        RequestIds there = new RequestIds(CLOCK, 2);
        Set<String> given = new HashSet<>();

        // When
        for (int i = 0; i < 5_000; i++) {
            given.add(here.next());
            given.add(there.next());
        }

        // Then
        assertThat(given).hasSize(10_000);
    }

    @Test
    void fitALongForDecades() {
        // Given
        Clock late = Clock.fixed(Instant.parse("2089-01-01T00:00:00Z"), ZoneOffset.UTC);

        // When
        String id = new RequestIds(late, 4095).next();

        // Then
        assertThat(Long.parseLong(id)).isPositive();
    }
}

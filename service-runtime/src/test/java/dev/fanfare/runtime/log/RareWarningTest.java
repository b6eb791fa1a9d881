package dev.fanfare.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RareWarningTest {

    private static final String NAME = RareWarningTest.class.getName();

    /** It passes the end of what a long counts to. */
    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(7).toNanos());

    private final RareWarning warning = new RareWarning(Logger.getLogger(NAME), "it fails", clock::get);
    private final List<LogRecord> said = new ArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                said.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        java.util.logging.Logger.getLogger(NAME).addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        java.util.logging.Logger.getLogger(NAME).removeHandler(handler);
    }

    @Test
    void saysTheFirstAtOnceAndOfTheOthersOnceInAWhileHowManyTheyWere() {
        // When
        warning.say(new IllegalStateException("one"));
        warning.say(new IllegalStateException("two"));
        clock.addAndGet(Duration.ofMillis(4_999).toNanos());
        warning.say(new IllegalStateException("three"));
        clock.addAndGet(Duration.ofMillis(1).toNanos());
        warning.say(new IllegalStateException("four"));
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        warning.say(new IllegalStateException("five"));

        // Then
        assertThat(said.stream().map(LogRecord::getMessage))
                .containsExactly(
                        "it fails: java.lang.IllegalStateException: one",
                        "it fails: java.lang.IllegalStateException: four (and 2 times before this)",
                        "it fails: java.lang.IllegalStateException: five");
        assertThat(said).allSatisfy(record -> assertThat(record.getThrown()).isNull());
    }
}

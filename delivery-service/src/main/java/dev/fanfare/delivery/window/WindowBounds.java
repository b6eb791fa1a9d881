package dev.fanfare.delivery.window;

import java.time.Duration;

/**
 * How much is held for an app.
 *
 * @param length how long a broadcast is held
 * @param maxBytes of messages; beyond it the oldest broadcasts go early
 * @param kept how long a broadcast of the kind {@code KEPT} is held
 * @param maxKept how many of those are held beyond {@code length} and {@code maxBytes}
 * @param maxKeptBytes of their messages
 */
public record WindowBounds(Duration length, long maxBytes, Duration kept, int maxKept, long maxKeptBytes) {

    static WindowBounds of(WindowConfig config) {
        return new WindowBounds(
                config.length(),
                config.maxBytesPerApp(),
                config.kept(),
                config.maxKeptPerApp(),
                config.maxKeptBytesPerApp());
    }
}

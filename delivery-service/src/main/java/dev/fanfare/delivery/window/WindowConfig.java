package dev.fanfare.delivery.window;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.window.*}. */
@ConfigMapping(prefix = "fanfare.window")
public interface WindowConfig {

    /** How long a broadcast is held for clients that come later. Must be shorter than the stream topic's retention. */
    @WithDefault("10m")
    Duration length();

    /** Memory bound of one app's window, bytes of messages; beyond it the oldest broadcasts go early. */
    @WithDefault("33554432")
    long maxBytesPerApp();

    /** How long a broadcast that is kept for those who come later is held. */
    @WithDefault("7d")
    Duration kept();

    /** How many kept broadcasts of an app are held beyond its window; beyond it the oldest go early. */
    @WithDefault("500")
    int maxKeptPerApp();

    /** How many bytes of kept messages of an app are held beyond its window; beyond it the oldest go early. */
    @WithDefault("8388608")
    long maxKeptBytesPerApp();
}

package dev.fanfare.delivery.window;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.window.*}. */
@ConfigMapping(prefix = "fanfare.window")
public interface WindowConfig {

    /** How long a broadcast is kept for clients that come later. Must be shorter than the stream topic's retention. */
    @WithDefault("10m")
    Duration length();

    /** Memory bound of one app's window, bytes of messages; beyond it the oldest broadcasts go early. */
    @WithDefault("33554432")
    long maxBytesPerApp();
}

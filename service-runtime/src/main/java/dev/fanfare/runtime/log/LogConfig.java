package dev.fanfare.runtime.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The form of the log. */
@ConfigMapping(prefix = "fanfare.log")
public interface LogConfig {

    /** A JSON object a line, for machines. */
    @WithDefault("false")
    boolean json();
}

package dev.fanfare.standalone.process;

import java.time.Duration;
import java.util.List;

/** Told by the {@link Supervisor}, on the thread that drives it, how starting and stopping go. */
public interface Progress {

    void ready(String part, Duration after);

    /** Nothing happened for a while. */
    void waitingFor(List<String> parts, Duration since);

    void stopping();

    void stopped(List<String> parts, Duration after);
}

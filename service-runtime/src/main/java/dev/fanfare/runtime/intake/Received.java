package dev.fanfare.runtime.intake;

import java.time.Instant;

/**
 * A command that was verified and found valid.
 *
 * @param id {@code ce_id}
 * @param time when it was given, {@code ce_time}: the {@code sentTime} of its messages
 * @param trace where it stands in its trace, for what is done with it later ({@link dev.fanfare.runtime.trace.Tracing#of});
 *     null: nobody follows it
 */
public record Received<C>(String appKey, String id, Instant time, C command, String trace) {

    /** One that nobody follows. */
    public Received(String appKey, String id, Instant time, C command) {
        this(appKey, id, time, command, null);
    }
}

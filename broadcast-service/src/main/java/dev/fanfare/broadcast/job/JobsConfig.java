package dev.fanfare.broadcast.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.jobs.*}. */
@ConfigMapping(prefix = "fanfare.jobs")
public interface JobsConfig {

    /** Users of a job that are handed to delivery before the next job's turn comes. */
    @WithDefault("5000")
    int slice();

    /** How long a node has a job to itself; a slice takes a fraction of that. After a death another node waits so long. */
    @WithDefault("15s")
    Duration lease();

    /** How often a node without work looks for some. */
    @WithDefault("200ms")
    Duration idle();

    /** How long a job is known after its end, at least three days: a command may come again as long. */
    @WithDefault("30d")
    Duration retention();

    /** How old the last occurrence may be that is made up for after nobody was there to run it. */
    @WithDefault("1h")
    Duration lateAtMost();

    Pace pace();

    /** How much may wait for delivery before jobs stop; a small app's job is at most that far behind a big one. */
    interface Pace {

        /** Chunks of users that may wait for dispatch before jobs stop. */
        @WithDefault("40")
        long chunks();

        /** Records that may wait for dispatch before a job stops that writes one for each user. */
        @WithDefault("2000")
        long deliveries();

        /** Push jobs that may wait for a push worker before jobs stop. */
        @WithDefault("20000")
        long pushes();

        /** The brokers are asked no more often than that. */
        @WithDefault("250ms")
        Duration measure();

        /** The consumer group of dispatch. */
        @WithDefault("delivery-dispatch-bulk")
        String dispatchGroup();

        /** The consumer group of push. */
        @WithDefault("delivery-push-bulk")
        String pushGroup();
    }
}

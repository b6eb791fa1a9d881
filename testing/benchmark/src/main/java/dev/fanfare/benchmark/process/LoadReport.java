package dev.fanfare.benchmark.process;

import java.util.Map;

/** What {@code load.c} reports. Times in ns are those of {@link System#nanoTime()}. */
public sealed interface LoadReport {

    /** @param complete whether all are connected */
    record Opened(boolean complete, int sessions, long ns) implements LoadReport {}

    /**
     * Some broadcasts have arrived.
     *
     * @param complete at every session
     * @param received how many times, over all sessions
     * @param firstNs when the first session had the first of them
     * @param lastNs when the last session had the last of them
     */
    record Broadcasts(boolean complete, int sessions, long received, long firstNs, long lastNs) implements LoadReport {

        public double spreadMillis() {
            return (lastNs - firstNs) / 1e6;
        }

        public double deliveriesPerSecond() {
            return received * 1e9 / (lastNs - firstNs);
        }
    }

    /** Personal messages have arrived; as {@link Broadcasts}. */
    record Personal(boolean complete, long received, long firstNs, long lastNs) implements LoadReport {}

    /** So many broadcasts, counted at each device, have told their latency. */
    record Timed(boolean complete, long received) implements LoadReport {}

    /** How long something took, of so many. */
    record Quantiles(long count, double p50Micros, double p99Micros, double p999Micros, double maxMicros) {}

    /** From the time in a message's content to its arrival. */
    record Latency(Quantiles personal, Quantiles broadcast) implements LoadReport {}

    /**
     * Sessions are connected again and have all that they missed.
     *
     * @param ns from the command to the last of them
     * @param sinceDrop the same for each of them
     * @param sinceDial without the time in which they waited before they tried
     */
    record CaughtUp(boolean complete, int sessions, long ns, Quantiles sinceDrop, Quantiles sinceDial)
            implements LoadReport {}

    /** @param complete whether all that is numbered has arrived everywhere */
    record Whole(boolean complete) implements LoadReport {}

    /**
     * What became of numbered messages, over all devices.
     *
     * @param received different ones
     * @param missed that did not come though a later one did
     * @param repeated that came again
     * @param late that came after a later one
     * @param away of messages for who is connected: those that were due while the device was not
     */
    record Tally(long received, long missed, long repeated, long late, long away) {}

    /**
     * By the numbers in contents.
     *
     * @param personal template messages
     * @param interruptions from the end of a session to the connect reply of the next, with all that was missed
     */
    record Numbers(Tally broadcasts, Tally personal, Tally group, Quantiles interruptions) implements LoadReport {}

    /** So many do not read. */
    record Stalled(int sessions) implements LoadReport {}

    /**
     * Everything since the start.
     *
     * @param missed broadcasts that a session did not get though it got a later one
     * @param repeated broadcasts that a session got again, or after a later one
     * @param unrecovered sessions that came back and were told that something is gone
     * @param sequenceMissed personal messages with a number that did not come
     * @param closed sessions that were live and ended by the server
     * @param refused sessions that the server does not want again
     * @param busyNs time that it spent on what arrived
     * @param cpuNs processor time, empty waiting included
     * @param closeCodes how often sessions were closed with which code; 0 without one
     */
    record Stats(
            int sessions,
            int live,
            long missed,
            long repeated,
            long unrecovered,
            long sequenceMissed,
            long sequenceRepeated,
            long protocolErrors,
            long closed,
            long refused,
            long failedAttempts,
            long pings,
            long messages,
            long bytes,
            long busyNs,
            long cpuNs,
            Map<String, Long> closeCodes)
            implements LoadReport {

        /** Nothing was lost, nothing came twice or out of order, and everybody understood everybody. */
        public boolean isClean() {
            return missed == 0
                    && repeated == 0
                    && unrecovered == 0
                    && sequenceMissed == 0
                    && sequenceRepeated == 0
                    && protocolErrors == 0
                    && refused == 0;
        }
    }
}

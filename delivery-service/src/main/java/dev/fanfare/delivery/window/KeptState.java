package dev.fanfare.delivery.window;

import java.util.List;
import java.util.Map;

/**
 * What a node must know of the time before its part of the stream.
 *
 * @param broadcasts in the order in which they came
 * @param recalled messageUIDs that were taken back lately, by app
 * @param writtenUpTo partition to the first Kafka offset that may not be in this: what follows must be read from the
 *     stream. All of a partition that is not there
 */
public record KeptState(
        List<KeptBroadcast> broadcasts, Map<String, List<String>> recalled, Map<Integer, Long> writtenUpTo) {

    /** There was nothing before. */
    public static final KeptState NOTHING = new KeptState(List.of(), Map.of(), Map.of());
}

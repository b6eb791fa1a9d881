package dev.fanfare.delivery.position;

import dev.fanfare.delivery.window.StreamPosition;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Positions that are not written yet: one for each device, the newest, in the order in which devices began to wait.
 * Bounded: when it is full the device that has waited longest is forgotten. Thread-safe.
 */
final class WaitingPositions {

    private final int max;
    private final Map<DeviceKey, StreamPosition> positions = new LinkedHashMap<>();

    WaitingPositions(int max) {
        this.max = max;
    }

    /** @return false if another device was forgotten for it */
    synchronized boolean add(DeviceKey device, StreamPosition position) {
        positions.merge(device, position, WaitingPositions::later);
        if (positions.size() <= max) {
            return true;
        }
        Iterator<DeviceKey> longest = positions.keySet().iterator();
        longest.next();
        longest.remove();
        return false;
    }

    /** Those that wait longest. They go on waiting until they are {@link #written}. */
    synchronized Map<DeviceKey, StreamPosition> first(int count) {
        Map<DeviceKey, StreamPosition> first = new LinkedHashMap<>();
        for (Map.Entry<DeviceKey, StreamPosition> entry : positions.entrySet()) {
            if (first.size() == count) {
                break;
            }
            first.put(entry.getKey(), entry.getValue());
        }
        return first;
    }

    /** These were written; devices that moved meanwhile go on waiting. */
    synchronized void written(Map<DeviceKey, StreamPosition> some) {
        some.forEach(positions::remove);
    }

    /** Null if nothing of the device waits. */
    synchronized StreamPosition of(DeviceKey device) {
        return positions.get(device);
    }

    synchronized int size() {
        return positions.size();
    }

    /** The further one in the same epoch; of two epochs the new one. */
    static StreamPosition later(StreamPosition known, StreamPosition latest) {
        return known.epoch().equals(latest.epoch()) && known.offset() > latest.offset() ? known : latest;
    }
}

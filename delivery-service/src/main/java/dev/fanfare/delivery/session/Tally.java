package dev.fanfare.delivery.session;

import dev.fanfare.delivery.window.Broadcast;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * To how many sessions of an event loop each broadcast was written since this was asked last. Broadcasts are told apart as
 * objects: the window holds each as one for all event loops. One thread.
 */
final class Tally {

    private final Map<Broadcast, Count> counts = new IdentityHashMap<>();

    /** Counts on in place: nothing is made for a session that was told. */
    private static final class Count {
        private int sessions;
    }

    void add(Broadcast broadcast, int sessions) {
        Count count = counts.get(broadcast);
        if (count == null) {
            count = new Count();
            counts.put(broadcast, count);
        }
        count.sessions += sessions;
        if (broadcast.telling() != null) {
            broadcast.telling().told(sessions);
        }
    }

    /** What was counted; from now on it is counted anew. */
    Map<Broadcast, Integer> take() {
        Map<Broadcast, Integer> taken = new IdentityHashMap<>();
        counts.forEach((broadcast, count) -> taken.put(broadcast, count.sessions));
        counts.clear();
        return taken;
    }
}

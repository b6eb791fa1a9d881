package dev.fanfare.delivery.window;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * An app's broadcasts that are kept although the window around them has gone, in the order of the stream. Few: bounded in
 * number and bytes, and the oldest go first. Guarded like {@link AppWindow}.
 */
final class KeptBroadcasts {

    private final int max;
    private final long maxBytes;
    private final LinkedHashMap<String, Broadcast> broadcasts = new LinkedHashMap<>();
    private long bytes;
    private long end = Long.MIN_VALUE;

    KeptBroadcasts(WindowBounds bounds) {
        this.max = bounds.maxKept();
        this.maxBytes = bounds.maxKeptBytes();
    }

    /** @param broadcast newer than those that are there */
    void add(Broadcast broadcast) {
        broadcasts.put(broadcast.messageUid(), broadcast);
        bytes += broadcast.data().length;
        end = broadcast.offset();
    }

    boolean has(String messageUid) {
        return broadcasts.containsKey(messageUid);
    }

    /** It was taken back. */
    void remove(String messageUid) {
        Broadcast removed = broadcasts.remove(messageUid);
        if (removed != null) {
            bytes -= removed.data().length;
        }
    }

    /**
     * Those that are too old go, and the oldest of those that are too many.
     *
     * @return the offset of the last that has gone; {@link Long#MIN_VALUE} if none has
     */
    long drop(long olderThan) {
        long gone = Long.MIN_VALUE;
        Iterator<Broadcast> oldest = broadcasts.values().iterator();
        while (oldest.hasNext()) {
            Broadcast next = oldest.next();
            if (next.time() >= olderThan && broadcasts.size() <= max && bytes <= maxBytes) {
                break;
            }
            oldest.remove();
            bytes -= next.data().length;
            gone = next.offset();
        }
        return gone;
    }

    /** Whether there may be one behind this offset. */
    boolean reachesBeyond(long offset) {
        return end > offset && !broadcasts.isEmpty();
    }

    Collection<Broadcast> inOrder() {
        return broadcasts.values();
    }
}

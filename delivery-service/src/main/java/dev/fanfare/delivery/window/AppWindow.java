package dev.fanfare.delivery.window;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The window of one app: a bounded log of its latest broadcasts, which is read from any position, and before it the kept
 * ones that it has outlived. A plain data structure without a clock and without locks; {@link BroadcastWindow} guards it.
 */
final class AppWindow {

    private static final int FIRST_CAPACITY = 16;

    /** Broadcasts that are gone, and would be recognised if their record were repeated. */
    private static final int MAX_GONE = 10_000;

    private final long maxBytes;
    /** Those that are held and those that went last, oldest first, with their times. */
    private final LinkedHashMap<String, Long> uids = new LinkedHashMap<>();
    /** Older than the log's oldest. */
    private final KeptBroadcasts kept;
    /** A ring: the log's oldest broadcast is at {@code head}. The capacity is a power of two. */
    private Broadcast[] ring = new Broadcast[FIRST_CAPACITY];

    private int head;
    private int size;
    private long bytes;
    /** The last broadcast that is, or may be, missing for one who comes later. */
    private long lostUpTo;
    /** The last broadcast that is missing for one who was here when it came. */
    private long goneUpTo;

    private long lastKeptTime = Long.MIN_VALUE;
    private int recalls;

    /** @param lostUpTo broadcasts up to this offset were never read */
    AppWindow(WindowBounds bounds, long lostUpTo) {
        this.maxBytes = bounds.maxBytes();
        this.kept = new KeptBroadcasts(bounds);
        this.lostUpTo = lostUpTo;
        this.goneUpTo = lostUpTo;
    }

    /** A broadcast from before all that was read; in the order of the stream. */
    void restore(Broadcast broadcast) {
        if (!kept.has(broadcast.messageUid())) {
            kept.add(broadcast);
            lastKeptTime = Math.max(lastKeptTime, broadcast.time());
            lose(kept.drop(Long.MIN_VALUE));
        }
    }

    /**
     * @return false if this message was in the window before, or was taken back: a repeated record, which clients must not
     *     see
     */
    boolean append(Broadcast broadcast) {
        if (broadcast.recalls() != null) {
            takeBack(broadcast.recalls(), broadcast.time());
        }
        if (kept.has(broadcast.messageUid()) || uids.putIfAbsent(broadcast.messageUid(), broadcast.time()) != null) {
            return false;
        }
        if (size == ring.length) {
            grow();
        }
        ring[head + size++ & ring.length - 1] = broadcast;
        bytes += broadcast.data().length;
        if (broadcast.isKept()) {
            lastKeptTime = Math.max(lastKeptTime, broadcast.time());
        }
        while (bytes > maxBytes && size > 1) {
            dropOldest();
        }
        return true;
    }

    /** Nobody is told any more, also if the message's record comes later, or comes again. */
    void takeBack(String messageUid, long time) {
        recalls++;
        kept.remove(messageUid);
        if (uids.remove(messageUid) != null) {
            removeFromLog(messageUid);
        }
        uids.put(messageUid, time);
    }

    private void removeFromLog(String messageUid) {
        int i = 0;
        while (i < size && !at(i).messageUid().equals(messageUid)) {
            i++;
        }
        if (i < size) {
            bytes -= at(i).data().length;
            size--;
            for (; i < size; i++) {
                ring[head + i & ring.length - 1] = at(i + 1);
            }
            ring[head + size & ring.length - 1] = null;
        }
    }

    private void grow() {
        Broadcast[] larger = new Broadcast[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = at(i);
        }
        ring = larger;
        head = 0;
    }

    /** The {@code i}-th oldest. */
    private Broadcast at(int i) {
        return ring[head + i & ring.length - 1];
    }

    /**
     * @param olderThan broadcasts go, ms since 1970
     * @param keptOlderThan kept ones, too
     * @param forgottenBefore and are no longer recognised; before {@code olderThan}
     */
    void expire(long olderThan, long keptOlderThan, long forgottenBefore) {
        while (size > 0 && at(0).time() < olderThan) {
            dropOldest();
        }
        lose(kept.drop(keptOlderThan));
        Iterator<Long> oldest = uids.values().iterator();
        while (oldest.hasNext() && (oldest.next() < forgottenBefore || uids.size() > size + MAX_GONE)) {
            oldest.remove();
        }
    }

    private void dropOldest() {
        Broadcast oldest = at(0);
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        bytes -= oldest.data().length;
        if (oldest.isKept()) {
            kept.add(oldest);
            lose(kept.drop(Long.MIN_VALUE));
        } else if (oldest.isLive()) {
            goneUpTo = oldest.offset();
        } else {
            lose(oldest.offset());
        }
    }

    private void lose(long offset) {
        lostUpTo = Math.max(lostUpTo, offset);
        goneUpTo = Math.max(goneUpTo, offset);
    }

    /** Who has all up to here can be given the rest. */
    long lostUpTo() {
        return lostUpTo;
    }

    /** Who was connected all the time and has all up to here can be given the rest. */
    long goneUpTo() {
        return goneUpTo;
    }

    /** When the latest kept one came, ms since 1970; {@link Long#MIN_VALUE} if there was none. */
    long lastKeptTime() {
        return lastKeptTime;
    }

    /** How many were taken back. */
    int recalls() {
        return recalls;
    }

    /** Bytes of messages behind a position. */
    long bytesAfter(long offset) {
        long after = 0;
        for (int i = size - 1; i >= 0 && at(i).offset() > offset; i--) {
            after += at(i).data().length;
        }
        return after;
    }

    /**
     * What follows a position, oldest first.
     *
     * @param live with those that are only for who was connected when they came
     */
    List<Broadcast> after(long offset, long upTo, boolean live, Measure measure) {
        List<Broadcast> slice = new ArrayList<>();
        if (kept.reachesBeyond(offset)) {
            for (Broadcast broadcast : kept.inOrder()) {
                if (broadcast.offset() > offset && (broadcast.offset() > upTo || !measure.take(broadcast, slice))) {
                    return slice;
                }
            }
        }
        for (int i = firstAfter(offset); i < size && at(i).offset() <= upTo; i++) {
            if ((live || !at(i).isLive()) && !measure.take(at(i), slice)) {
                return slice;
            }
        }
        return slice;
    }

    /** Binary search: offsets only grow. */
    private int firstAfter(long offset) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (at(middle).offset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

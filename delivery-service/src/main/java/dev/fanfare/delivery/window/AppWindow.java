package dev.fanfare.delivery.window;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The window of one app: a bounded log of its latest broadcasts, which is read from any position. A plain data structure
 * without a clock and without locks; {@link BroadcastWindow} guards it.
 */
final class AppWindow {

    private static final int FIRST_CAPACITY = 16;

    /** Broadcasts that are gone, and would be recognised if their record were repeated. */
    private static final int MAX_GONE = 10_000;

    private final long maxBytes;
    /** Those that are held and those that went last, oldest first, with their times. */
    private final LinkedHashMap<String, Long> uids = new LinkedHashMap<>();
    /** A ring: the log's oldest broadcast is at {@code head}. The capacity is a power of two. */
    private Broadcast[] ring = new Broadcast[FIRST_CAPACITY];

    private int head;
    private int size;
    private long bytes;
    /** The last broadcast that is, or may be, missing from the log's front. */
    private long lostUpTo;

    /** @param lostUpTo broadcasts up to this offset were never read */
    AppWindow(long maxBytes, long lostUpTo) {
        this.maxBytes = maxBytes;
        this.lostUpTo = lostUpTo;
    }

    /** @return false if this message was in the window before: a repeated record, which clients must not see */
    boolean append(Broadcast broadcast) {
        if (uids.putIfAbsent(broadcast.messageUid(), broadcast.time()) != null) {
            return false;
        }
        if (size == ring.length) {
            grow();
        }
        ring[head + size++ & ring.length - 1] = broadcast;
        bytes += broadcast.data().length;
        while (bytes > maxBytes && size > 1) {
            dropOldest();
        }
        return true;
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
     * @param forgottenBefore and are no longer recognised; before {@code olderThan}
     */
    void expire(long olderThan, long forgottenBefore) {
        while (size > 0 && at(0).time() < olderThan) {
            dropOldest();
        }
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
        lostUpTo = oldest.offset();
    }

    /** Who has all up to here can be given the rest. */
    long lostUpTo() {
        return lostUpTo;
    }

    /** The offset of the newest broadcast; where nothing is held, of the last one that is gone. */
    long end() {
        return size == 0 ? lostUpTo : at(size - 1).offset();
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
     * What follows a position, oldest first, as far as {@code maxSliceBytes} reach.
     *
     * @param bytesBeside what a broadcast counts for beside its message
     */
    List<Broadcast> after(long offset, long upTo, long maxSliceBytes, int bytesBeside) {
        List<Broadcast> slice = new ArrayList<>();
        long sliceBytes = 0;
        for (int i = firstAfter(offset); i < size && at(i).offset() <= upTo; i++) {
            sliceBytes += at(i).data().length + bytesBeside;
            if (sliceBytes > maxSliceBytes) {
                break;
            }
            slice.add(at(i));
        }
        return slice;
    }

    /** The one broadcast that follows a position, if any. */
    List<Broadcast> next(long offset, long upTo) {
        int first = firstAfter(offset);
        return first < size && at(first).offset() <= upTo ? List.of(at(first)) : List.of();
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

package dev.fanfare.delivery.window;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The window of one app: a bounded queue of its latest broadcasts. A plain data structure without a clock and without
 * locks; {@link BroadcastWindow} guards it.
 */
final class AppWindow {

    private final long maxBytes;
    private final ArrayDeque<Broadcast> held = new ArrayDeque<>();
    private final Set<String> uids = new HashSet<>();
    private long bytes;
    /** The last broadcast that is, or may be, missing from the queue's front. */
    private long lostUpTo;

    /** @param lostUpTo broadcasts up to this offset were never read */
    AppWindow(long maxBytes, long lostUpTo) {
        this.maxBytes = maxBytes;
        this.lostUpTo = lostUpTo;
    }

    /** @return false if this message stands in the window already: a repeated record, which clients must not see */
    boolean append(Broadcast broadcast) {
        if (!uids.add(broadcast.messageUid())) {
            return false;
        }
        held.addLast(broadcast);
        bytes += broadcast.data().length;
        while (bytes > maxBytes && held.size() > 1) {
            dropOldest();
        }
        return true;
    }

    void expire(long olderThan) {
        while (!held.isEmpty() && held.peekFirst().time() < olderThan) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Broadcast oldest = held.removeFirst();
        uids.remove(oldest.messageUid());
        bytes -= oldest.data().length;
        lostUpTo = oldest.offset();
    }

    /** Who has all up to here can be given the rest. */
    long lostUpTo() {
        return lostUpTo;
    }

    List<Broadcast> after(long offset) {
        if (held.isEmpty() || held.peekLast().offset() <= offset) {
            return List.of();
        }
        List<Broadcast> missed = new ArrayList<>();
        for (var newestFirst = held.descendingIterator(); newestFirst.hasNext(); ) {
            Broadcast broadcast = newestFirst.next();
            if (broadcast.offset() <= offset) {
                break;
            }
            missed.add(broadcast);
        }
        Collections.reverse(missed);
        return missed;
    }
}

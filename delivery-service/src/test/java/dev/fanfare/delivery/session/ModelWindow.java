package dev.fanfare.delivery.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a node should hold of an app, in the plainest words: told of each record that is read and of each moment at which it looks at the clock. */
final class ModelWindow {

    private final long maxBytes;
    private final Set<String> uids = new HashSet<>();
    private final List<ModelLog.Entry> kept = new ArrayList<>();
    private final List<ModelLog.Entry> window = new ArrayList<>();
    private long lostUpTo;

    /** @param restored what it had before it began to read at {@code beginning} */
    ModelWindow(long maxBytes, long beginning, List<ModelLog.Entry> restored) {
        this.maxBytes = maxBytes;
        this.lostUpTo = beginning;
        restored.forEach(entry -> {
            kept.add(entry);
            uids.add(entry.uid());
        });
    }

    void read(ModelLog.Entry entry) {
        if (entry.recalls() != null) {
            uids.add(entry.recalls());
            kept.removeIf(each -> each.uid().equals(entry.recalls()));
            window.removeIf(each -> each.uid().equals(entry.recalls()));
        }
        if (uids.add(entry.uid())) {
            window.add(entry);
            while (window.size() > 1
                    && window.stream().mapToLong(each -> each.data().length).sum() > maxBytes) {
                dropOldest();
            }
        }
    }

    void expire(Instant now) {
        while (!window.isEmpty()
                && window.get(0).time() < now.minus(ModelNode.WINDOW).toEpochMilli()) {
            dropOldest();
        }
        while (!kept.isEmpty() && kept.get(0).time() < now.minus(ModelNode.KEPT).toEpochMilli()) {
            lostUpTo = Math.max(lostUpTo, kept.remove(0).offset());
        }
    }

    private void dropOldest() {
        ModelLog.Entry oldest = window.remove(0);
        if (oldest.isKept()) {
            kept.add(oldest);
        } else if (!oldest.isLive()) {
            lostUpTo = Math.max(lostUpTo, oldest.offset());
        }
    }

    List<ModelLog.Entry> held() {
        List<ModelLog.Entry> held = new ArrayList<>(kept);
        held.addAll(window);
        return held;
    }

    /** The last that one who comes later may miss. */
    long lostUpTo() {
        return lostUpTo;
    }
}

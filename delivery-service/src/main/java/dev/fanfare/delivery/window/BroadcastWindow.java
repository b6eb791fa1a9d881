package dev.fanfare.delivery.window;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The windows of all apps on this node. One thread appends, in the order of the stream; any thread may ask for a
 * {@link CatchUp}. The lock is held for the time of a copy of references.
 *
 * <p>Rules. A client that names a position of this epoch gets all that came after it, if all of that is held
 * ({@code complete}); if something is gone, it gets what the window still holds and is told so. A client without a
 * position is new: the whole window is due to it. A message stands in a window once, whatever a redelivered command made
 * of it.
 */
public final class BroadcastWindow {

    private final Duration length;
    private final long maxBytesPerApp;
    private final Clock clock;

    private final Map<String, AppWindow> windows = new HashMap<>();
    private String topicId = "";
    private long[] starts = {};
    private long[] positions = {};
    private ToIntFunction<String> partitionOf = appKey -> 0;

    /** @param maxBytesPerApp bound on the memory of one app's window; beyond it the oldest broadcasts go early */
    public BroadcastWindow(Duration length, long maxBytesPerApp, Clock clock) {
        this.length = length;
        this.maxBytesPerApp = maxBytesPerApp;
        this.clock = clock;
    }

    /**
     * Reading begins.
     *
     * @param startOffsets first Kafka offset to be read, by partition
     * @param partitions which partition an app's stream is in
     */
    synchronized void begin(String id, long[] startOffsets, ToIntFunction<String> partitions) {
        topicId = id;
        starts = startOffsets.clone();
        positions = startOffsets.clone();
        partitionOf = partitions;
        windows.clear();
    }

    /** @return false if the message stands in the window already and must not be told again */
    synchronized boolean append(int partition, Broadcast broadcast) {
        positions[partition] = broadcast.offset();
        return windows.computeIfAbsent(broadcast.appKey(), appKey -> new AppWindow(maxBytesPerApp, starts[partition]))
                .append(broadcast);
    }

    /** A record was read that is no broadcast: the position moves on. */
    synchronized void skip(int partition, long offset) {
        positions[partition] = offset;
    }

    /** Forgets what is older than the window. */
    synchronized void expire() {
        long olderThan = clock.millis() - length.toMillis();
        windows.values().forEach(window -> window.expire(olderThan));
    }

    /** What a session of {@code appKey} gets that has read up to {@code known}, or nothing yet if that is null. */
    public synchronized CatchUp catchUp(String appKey, StreamPosition known) {
        int partition = partitionOf.applyAsInt(appKey);
        String epoch = epoch(partition);
        AppWindow window = windows.get(appKey);
        if (window != null) {
            window.expire(clock.millis() - length.toMillis());
        }
        long lostUpTo = window == null ? starts[partition] : window.lostUpTo();
        boolean isNew = known == null;
        boolean sameEpoch = !isNew && epoch.equals(known.epoch());
        boolean complete = isNew || sameEpoch && known.offset() >= lostUpTo;
        long start = complete && !isNew ? known.offset() : lostUpTo;
        List<Broadcast> missed = window == null ? List.of() : window.after(start);
        // A client may be ahead of this node, if another node told it more: it must not hear that again.
        long end = Math.max(start, positions[partition]);
        return new CatchUp(complete, new StreamPosition(epoch, start), missed, new StreamPosition(epoch, end));
    }

    private String epoch(int partition) {
        return topicId + "." + partition;
    }
}

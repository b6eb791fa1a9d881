package dev.fanfare.delivery.window;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The windows of all apps on this node. One thread appends, in the order of the stream; any thread may ask for a
 * {@link CatchUp}. The lock is held for the time of a copy of references.
 *
 * <p>Rules. A client that names a position of this epoch gets all that came after it, if all of that is held
 * ({@code complete}); if something is gone, it gets what the window still holds and is told so. A client without a
 * position is new: the whole window is due to it. A message stands in a window once, whatever a redelivered command made
 * of it. What is told to live sessions is read from here as well, by position: the window is the only queue, however
 * slow a reader is.
 */
public final class BroadcastWindow {

    /** A repeated record whose original is a little older than the window is still recognised. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    private final Duration length;
    private final long maxBytesPerApp;
    private final Clock clock;

    private final Map<String, AppWindow> windows = new HashMap<>();
    private String[] epochs = {};
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
        starts = startOffsets.clone();
        positions = startOffsets.clone();
        partitionOf = partitions;
        epochs = IntStream.range(0, startOffsets.length)
                .mapToObj(partition -> id + "." + partition)
                .toArray(String[]::new);
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
        windows.values().forEach(this::expire);
    }

    private void expire(AppWindow window) {
        long olderThan = clock.millis() - length.toMillis();
        window.expire(olderThan, olderThan - MARGIN.toMillis());
    }

    /**
     * What a session of {@code appKey} gets that has read up to {@code known}, or nothing yet if that is null.
     *
     * @param maxBytes of messages in the reply; the rest is read from the position that it ends at
     */
    public synchronized CatchUp catchUp(String appKey, StreamPosition known, long maxBytes) {
        int partition = partitionOf.applyAsInt(appKey);
        String epoch = epoch(partition);
        AppWindow window = windows.get(appKey);
        if (window != null) {
            expire(window);
        }
        long lostUpTo = window == null ? starts[partition] : window.lostUpTo();
        boolean isNew = known == null;
        boolean complete = isNew || epoch.equals(known.epoch()) && known.offset() >= lostUpTo;
        long start = complete && !isNew ? known.offset() : lostUpTo;
        List<Broadcast> told =
                window == null || !complete ? List.of() : window.after(start, Long.MAX_VALUE, maxBytes, 0);
        long position = told.isEmpty() ? start : told.get(told.size() - 1).offset();
        if (window == null || position >= window.end()) {
            // Nothing more is held: what the stream has read since belongs to other apps. A client may be ahead of this
            // node, if another node told it more: it must not hear that again.
            position = Math.max(position, positions[partition]);
        }
        return new CatchUp(complete, told, new StreamPosition(epoch, position));
    }

    /** Whether everything after {@code known} is still held, so that a {@link CatchUp} from there would be complete. */
    public synchronized boolean holdsAllAfter(String appKey, StreamPosition known) {
        int partition = partitionOf.applyAsInt(appKey);
        AppWindow window = windows.get(appKey);
        if (window != null) {
            expire(window);
        }
        return epoch(partition).equals(known.epoch())
                && known.offset() >= (window == null ? starts[partition] : window.lostUpTo());
    }

    /** Up to where the stream has been read for this app. */
    public synchronized long end(String appKey) {
        return positions[partitionOf.applyAsInt(appKey)];
    }

    /**
     * The next piece of an app's stream, at least one broadcast if there is any.
     *
     * @param from a position of the present epoch
     * @param upTo not beyond this offset
     * @param maxBytes of messages, unless the first one alone is larger
     */
    public Slice read(String appKey, long from, long upTo, long maxBytes) {
        return read(appKey, from, upTo, maxBytes, 0);
    }

    /**
     * The next piece of an app's stream, at least one broadcast if there is any.
     *
     * @param from a position of the present epoch
     * @param upTo not beyond this offset
     * @param maxBytes unless the first broadcast alone is larger
     * @param bytesBeside what a broadcast counts for beside its message: an envelope around it
     */
    public synchronized Slice read(String appKey, long from, long upTo, long maxBytes, int bytesBeside) {
        AppWindow window = windows.get(appKey);
        if (window == null) {
            return new Slice(from, from, List.of(), false);
        }
        if (from < window.lostUpTo()) {
            return new Slice(from, from, List.of(), true);
        }
        List<Broadcast> next = window.after(from, upTo, maxBytes, bytesBeside);
        if (next.isEmpty()) {
            next = window.next(from, upTo);
        }
        long to = next.isEmpty() ? from : next.get(next.size() - 1).offset();
        return new Slice(from, to, next, false);
    }

    /** Bytes of an app's messages that come after a position. */
    synchronized long bytesAfter(String appKey, long offset) {
        AppWindow window = windows.get(appKey);
        return window == null ? 0 : window.bytesAfter(offset);
    }

    private String epoch(int partition) {
        return epochs[partition];
    }
}

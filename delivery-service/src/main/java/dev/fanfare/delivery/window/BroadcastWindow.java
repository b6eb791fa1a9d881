package dev.fanfare.delivery.window;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The windows of all apps on this node. One thread appends, in the order of the stream; any thread may ask for a
 * {@link CatchUp}. The lock is held for the time of a copy of references.
 *
 * <p>Rules. A client that names a position of this epoch gets all that came after it, if all of that is held
 * ({@code complete}); if something is gone, it gets what the window still holds and is told so. A client without a
 * position is new: all that is held is due to it. A message stands in a window once, whatever a redelivered command made
 * of it, and not any more when it was taken back. What is told to live sessions is read from here as well, by position:
 * the window is the only queue, however slow a reader is.
 *
 * <p>Of the three kinds of broadcasts, {@code LIVE} ones are read only by who was there when they came; to all others they
 * are nothing that could be missing. {@code KEPT} ones stay when the window around them goes.
 */
public final class BroadcastWindow {

    /** A repeated record whose original is a little older than the window is still recognised. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    /** Before all that is held, also before what was kept through the end of an epoch. */
    private static final long BEGINNING = Long.MIN_VALUE;

    private final WindowBounds bounds;
    private final Clock clock;

    private final Map<String, AppWindow> windows = new HashMap<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private String[] epochs = {};
    private long[] starts = {};
    private long[] positions = {};
    private ToIntFunction<String> partitionOf = appKey -> 0;

    public BroadcastWindow(WindowBounds bounds, Clock clock) {
        this.bounds = bounds;
        this.clock = clock;
    }

    /**
     * Reading begins.
     *
     * @param startOffsets first Kafka offset to be read, by partition
     * @param partitions which partition an app's stream is in
     * @param kept what was kept; of what will be read the stream counts
     */
    synchronized void begin(String id, long[] startOffsets, ToIntFunction<String> partitions, KeptState kept) {
        starts = startOffsets.clone();
        positions = startOffsets.clone();
        partitionOf = partitions;
        epochs = IntStream.range(0, startOffsets.length)
                .mapToObj(partition -> id + "." + partition)
                .toArray(String[]::new);
        windows.clear();
        kept.recalled().forEach((app, uids) -> uids.forEach(uid -> window(app).takeBack(uid, clock.millis())));
        // Offsets of other epochs mean nothing in this one: those come before all others, in their order.
        List<Broadcast> earlier = kept.broadcasts().stream()
                .filter(each -> !isOfThisEpoch(each))
                .map(KeptBroadcast::broadcast)
                .toList();
        for (int i = 0; i < earlier.size(); i++) {
            restore(withOffset(earlier.get(i), (long) i + 1 - earlier.size()));
        }
        kept.broadcasts().stream()
                .filter(each -> isOfThisEpoch(each) && each.broadcast().offset() <= starts[partitionOf(each)])
                .sorted(Comparator.comparingLong(each -> each.broadcast().offset()))
                .forEach(each -> restore(each.broadcast()));
        begun.completeAsync(() -> null);
    }

    private int partitionOf(KeptBroadcast kept) {
        return partitionOf.applyAsInt(kept.broadcast().appKey());
    }

    private boolean isOfThisEpoch(KeptBroadcast kept) {
        return epochs[partitionOf(kept)].equals(kept.epoch());
    }

    private static Broadcast withOffset(Broadcast of, long offset) {
        return new Broadcast(of.appKey(), offset, of.time(), of.messageUid(), of.data(), of.inApp(), of.recalls());
    }

    private void restore(Broadcast broadcast) {
        window(broadcast.appKey()).restore(broadcast);
    }

    private AppWindow window(String app) {
        return windows.computeIfAbsent(app, appKey -> new AppWindow(bounds, starts[partitionOf.applyAsInt(appKey)]));
    }

    /** @return false if the message must not be told: it stands in the window already, or was taken back */
    synchronized boolean append(int partition, Broadcast broadcast) {
        positions[partition] = broadcast.offset();
        return window(broadcast.appKey()).append(broadcast);
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
        long now = clock.millis();
        long olderThan = now - bounds.length().toMillis();
        window.expire(olderThan, now - bounds.kept().toMillis(), olderThan - MARGIN.toMillis());
    }

    /**
     * What a session of {@code appKey} gets.
     *
     * @param asked the position that the client names; null if it names none
     * @param remembered where its device was, as far as is known here; null if that is not known. What is gone since then
     *     nobody expects to hear of
     * @param maxBytes of messages in the reply; the rest is read from the position that it ends at
     */
    public synchronized CatchUp catchUp(String appKey, StreamPosition asked, StreamPosition remembered, long maxBytes) {
        int partition = partitionOf.applyAsInt(appKey);
        String epoch = epochs[partition];
        AppWindow window = windows.get(appKey);
        if (window != null) {
            expire(window);
        }
        long lostUpTo = window == null ? starts[partition] : window.lostUpTo();
        boolean complete = asked == null || epoch.equals(asked.epoch()) && asked.offset() >= lostUpTo;
        StreamPosition known = asked == null ? remembered : asked;
        long from = known == null || !epoch.equals(known.epoch()) || known.offset() == 0 ? BEGINNING : known.offset();
        List<Broadcast> told = complete ? held(window, from, maxBytes, 0) : List.of();
        long position = told.isEmpty() ? from : told.get(told.size() - 1).offset();
        List<Broadcast> next = held(window, position, 0, 1);
        // A client may be ahead of this node, if another node told it more: it must not hear that again.
        long end = Math.max(from, positions[partition]);
        if (next.isEmpty()) {
            // Nothing more is held: what the stream has read since belongs to other apps.
            position = end;
        } else if (next.get(0).offset() > lostUpTo) {
            position = Math.max(position, lostUpTo);
        }
        return new CatchUp(complete, told, new StreamPosition(epoch, position), new Joined(lostUpTo, end));
    }

    private static List<Broadcast> held(AppWindow window, long from, long maxBytes, int least) {
        return window == null ? List.of() : window.after(from, Long.MAX_VALUE, false, new Measure(maxBytes, 0, least));
    }

    /** Up to where the stream has been read for this app. */
    public synchronized long end(String appKey) {
        return positions[partitionOf.applyAsInt(appKey)];
    }

    /** How many messages the app has taken back, as far as was read. */
    public synchronized int recalls(String appKey) {
        AppWindow window = windows.get(appKey);
        return window == null ? 0 : window.recalls();
    }

    /**
     * How long it must be remembered that a device has all up to a present position: as long as anything up to there is
     * held.
     */
    public synchronized Duration memory(String appKey) {
        AppWindow window = windows.get(appKey);
        Duration memory = bounds.length();
        if (window != null && window.lastKeptTime() != Long.MIN_VALUE) {
            Duration left = bounds.kept().minusMillis(clock.millis()).plusMillis(window.lastKeptTime());
            memory = left.compareTo(memory) > 0 ? left : memory;
        }
        return memory.plus(MARGIN);
    }

    /**
     * The next piece of an app's stream for sessions that stand at {@code from} and were here when it came: at least one
     * broadcast if there is any.
     *
     * @param from a position of the present epoch
     * @param upTo not beyond this offset
     * @param maxBytes unless the first broadcast alone is larger
     * @param bytesBeside what a broadcast counts for beside its message: an envelope around it
     */
    public synchronized Slice read(String appKey, long from, long upTo, long maxBytes, int bytesBeside) {
        AppWindow window = windows.get(appKey);
        boolean lost = window != null && from < window.goneUpTo();
        return slice(window, from, upTo, lost, true, new Measure(maxBytes, bytesBeside, 1));
    }

    /**
     * The next piece of what was held when a session joined, without what was only for those who were there before it.
     *
     * @param from where it stands, below the {@link Joined#end}
     * @param upTo not beyond this offset, which is not beyond that end
     * @param maxBytes unless the first broadcast alone is larger
     * @param bytesBeside what a broadcast counts for beside its message: an envelope around it
     */
    public synchronized Slice readHeld(
            String appKey, Joined joined, long from, long upTo, long maxBytes, int bytesBeside) {
        AppWindow window = windows.get(appKey);
        boolean lost = window != null
                && (Math.max(from, joined.lostUpTo()) < window.lostUpTo() || joined.end() < window.goneUpTo());
        return slice(window, from, upTo, lost, false, new Measure(maxBytes, bytesBeside, 1));
    }

    private static Slice slice(AppWindow window, long from, long upTo, boolean lost, boolean live, Measure measure) {
        if (window == null) {
            return new Slice(from, from, List.of(), false, 0);
        }
        List<Broadcast> next = lost ? List.of() : window.after(from, upTo, live, measure);
        long to = next.isEmpty() ? from : next.get(next.size() - 1).offset();
        return new Slice(from, to, next, lost, window.recalls());
    }

    /** Bytes of an app's messages that come after a position. */
    synchronized long bytesAfter(String appKey, long offset) {
        AppWindow window = windows.get(appKey);
        return window == null ? 0 : window.bytesAfter(offset);
    }

    /** Completes when reading begins. */
    public CompletionStage<Void> begun() {
        return begun;
    }

    /** The epoch of a partition; reading must have begun. */
    public synchronized String epoch(int partition) {
        return epochs[partition];
    }
}

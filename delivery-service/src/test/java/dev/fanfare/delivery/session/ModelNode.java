package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.WindowFeed;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A node of the real parts, put together by hand: its follower and its event loops go on when they are told to. */
final class ModelNode implements SessionLifecycle {

    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Duration KEPT = Duration.ofDays(7);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Map<Integer, SessionConfig> CONFIGS = new ConcurrentHashMap<>();

    private final Setup setup;
    private final ModelLog log;
    private final ModelClock clock;
    private final WindowFeed feed;
    private final SessionRegistry registry;
    private final ModelHost host;
    private final List<ManualLoop> loops = new ArrayList<>();
    private final List<CompletableFuture<Void>> unanswered = new ArrayList<>();
    /** The place in the log and the Kafka offset at which it began to read. */
    private final int first;

    private final long beginning;
    /** What it had before it began to read. */
    private final List<ModelLog.Entry> restored = new ArrayList<>();

    /** What it should hold, by app. */
    private final Map<String, ModelWindow> windows = new HashMap<>();

    private int read;
    private int nextLoop;
    /** Apps whose news the event loops were not told yet. */
    private final Set<String> untold = new HashSet<>();

    /** Starts it where nothing is kept. */
    ModelNode(Setup setup, ModelLog log, ModelInbox inbox, ModelClock clock) {
        this(setup, log, new ModelTable(), inbox, clock);
    }

    /** Starts it: the window is full when this returns. */
    ModelNode(Setup setup, ModelLog log, ModelTable table, ModelInbox inbox, ModelClock clock) {
        this.setup = setup;
        this.log = log;
        this.clock = clock;
        BroadcastWindow window = new BroadcastWindow(WindowFeed.bounds(setup.windowBytes()), clock);
        SessionConfig config = CONFIGS.computeIfAbsent(setup.replyBytes(), ModelNode::config);
        this.feed = new WindowFeed(window);
        this.registry = new SessionRegistry(config, window, new CompositeMeterRegistry());
        this.host = new ModelHost(inbox, window, registry, this, config, clock);
        host.compareWith(this::oracle);
        for (int i = 0; i < setup.loops(); i++) {
            loops.add(new ManualLoop());
        }
        long from = clock.millis() - WINDOW.plus(MARGIN).toMillis();
        int at = 0;
        while (at < log.entries().size()
                && at < table.written()
                && log.entries().get(at).time() < from) {
            at++;
        }
        first = at;
        read = at;
        beginning = at < log.entries().size() ? log.entries().get(at).offset() - 1 : log.nextOffset();
        restore(table.rows());
        feed.begin(log.topicId(), beginning, table.state());
        follow(Integer.MAX_VALUE, true, true);
    }

    private static SessionConfig config(int replyBytes) {
        return ModelHost.config(
                SessionConfig.class,
                Map.of(
                        "fanfare.session.ping-interval", "3s",
                        "fanfare.session.pong-timeout", "2s",
                        "fanfare.session.confirm-timeout", "2s",
                        "fanfare.session.presence-timeout", "1h",
                        "fanfare.session.slow-timeout", "2s",
                        "fanfare.session.max-pending-bytes", "100000",
                        "fanfare.session.max-reply-bytes", Integer.toString(replyBytes)));
    }

    /** What was kept in earlier epochs comes before all offsets of this one. */
    private void restore(List<ModelTable.Row> rows) {
        List<ModelLog.Entry> earlier = rows.stream()
                .filter(row -> !row.epoch().equals(log.epoch()))
                .map(ModelTable.Row::entry)
                .toList();
        for (int i = 0; i < earlier.size(); i++) {
            restored.add(earlier.get(i).at(i + 1L - earlier.size()));
        }
        rows.stream()
                .filter(row -> row.epoch().equals(log.epoch()) && row.entry().offset() <= beginning)
                .forEach(row -> restored.add(row.entry()));
    }

    private ModelWindow window(String app) {
        return windows.computeIfAbsent(
                app,
                name -> new ModelWindow(
                        setup.windowBytes(),
                        beginning,
                        restored.stream()
                                .filter(entry -> entry.app().equals(name))
                                .toList()));
    }

    private ModelHost.AtJoin oracle(String app) {
        ModelWindow window = window(app);
        window.expire(clock.instant());
        return new ModelHost.AtJoin(
                window.held(),
                window.lostUpTo(),
                read == first ? beginning : log.entries().get(read - 1).offset());
    }

    ModelHost host() {
        return host;
    }

    SessionRegistry registry() {
        return registry;
    }

    ManualLoop loop(int number) {
        return loops.get(number % loops.size());
    }

    /** For the next connection. */
    ManualLoop nextLoop() {
        return loop(nextLoop++);
    }

    boolean isBehind() {
        return read < log.entries().size() || !untold.isEmpty();
    }

    /**
     * Reads so many records on.
     *
     * @param told whether the event loops are told by now that there is something new, or the next time
     * @param polled whether this was the last of what a poll brought
     */
    void follow(int count, boolean told, boolean polled) {
        for (int i = 0; i < count && read < log.entries().size(); i++) {
            ModelLog.Entry entry = log.entries().get(read++);
            if (entry.app() == null) {
                feed.skip(entry.offset());
                continue;
            }
            window(entry.app()).read(entry);
            if (feed.append(ModelTable.broadcast(entry))) {
                untold.add(entry.app());
            }
        }
        if (told) {
            untold.forEach(registry::onBroadcast);
            untold.clear();
        }
        if (polled) {
            feed.expire();
            windows.values().forEach(window -> window.expire(clock.instant()));
        }
    }

    /** @return whether there was anything to do */
    boolean runAll() {
        boolean ran = false;
        for (ManualLoop loop : loops) {
            while (loop.runNext()) {
                ran = true;
            }
        }
        return ran;
    }

    void tick() {
        loops.forEach(ManualLoop::fireTimer);
    }

    /** All sessions are gone. */
    void end() {
        registry.close(Integer.MAX_VALUE, CloseCode.SHUTDOWN);
        runAll();
    }

    boolean answerPresence() {
        boolean any = !unanswered.isEmpty();
        List.copyOf(unanswered).forEach(answer -> answer.complete(null));
        unanswered.clear();
        return any;
    }

    @Override
    public Uni<Void> opened(SessionInfo session) {
        if (setup.presenceAtOnce()) {
            return Uni.createFrom().voidItem();
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        unanswered.add(answer);
        return Uni.createFrom().completionStage(answer);
    }

    @Override
    public void closed(SessionInfo session) {}

    @Override
    public CompletableFuture<Void> acknowledged(SessionInfo session, List<String> messageUids) {
        return CompletableFuture.completedFuture(null);
    }
}

package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.BroadcastWindow;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sessions of one event loop, in the two orders in which they are gone through: by app for broadcasts
 * ({@link AppFanOut}), and on a wheel of one slot a second for pings. No locks: everything but {@link #news} and
 * {@link #servedUpTo} happens on that loop. One timer serves all its sessions.
 *
 * <p>Apps that have something to tell take turns, so that a flood of one delays a broadcast of another by one turn of
 * {@value #SESSIONS_A_TURN} sessions. A single broadcast waits for nothing.
 */
final class LoopSessions {

    private static final int SESSIONS_A_TURN = 1024;

    /** With the pause, 500 a second: what follows from an end costs this node as much as dozens of deliveries. */
    private static final int CUTS_A_TURN = 8;

    private static final long CUT_PAUSE_MILLIS = 16;

    private final EventLoop loop;
    private final BroadcastWindow window;
    private final SessionMetrics metrics;
    private final int pongSlots;
    private final Tally tally = new Tally();
    private final Map<String, AppFanOut> byApp = new ConcurrentHashMap<>();
    private final List<SessionArray> wheel = new ArrayList<>();
    /** Each app has its own time for them. */
    private final Queue<AwaitedPong> awaited = new PriorityQueue<>(Comparator.comparingLong(AwaitedPong::dueTick));

    private final Queue<Session> toCut = new ArrayDeque<>();

    /** Seconds that this loop was here. */
    private long ticks;

    private int now;
    private int next;
    /** Written by the loop only. */
    private volatile int size;

    /** Apps of which the window holds something new; told by any thread. */
    private final Set<String> news = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean newsTold = new AtomicBoolean();
    /** Apps that have something to tell, in the order of their turns. */
    private final Queue<AppFanOut> due = new ArrayDeque<>();

    LoopSessions(EventLoop loop, BroadcastWindow window, SessionConfig config, SessionMetrics metrics) {
        this.loop = loop;
        this.window = window;
        this.metrics = metrics;
        this.pongSlots = (int) config.pongTimeout().toSeconds();
        for (int i = 0; i < config.pingInterval().toSeconds(); i++) {
            wheel.add(new SessionArray(Session::wheelPlace, Session::setWheelPlace));
        }
        this.next = wheel.size() - 1;
        loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** A ping that asks for a confirmation. */
    private record AwaitedPong(Session session, int ping, long dueTick) {}

    EventLoop loop() {
        return loop;
    }

    /** Slots are filled in turn, those first that are pinged last: a storm of connects is no storm of pings. */
    void add(Session session) {
        String app = session.info().appKey();
        AppFanOut fanOut = byApp.get(app);
        if (fanOut == null) {
            fanOut = new AppFanOut(app, window, tally, metrics);
            byApp.put(app, fanOut);
            fanOut.begin();
        }
        fanOut.add(session);
        size++;
        session.setFanOut(fanOut);
        wheel.get(next).add(session);
        session.setWheelSlot(next);
        next = Math.floorMod(next - 1, wheel.size());
    }

    void remove(Session session) {
        wheel.get(session.wheelSlot()).remove(session);
        AppFanOut fanOut = session.fanOut();
        fanOut.remove(session);
        size--;
        if (fanOut.isEmpty()) {
            byApp.remove(session.info().appKey(), fanOut);
            fanOut.end();
        }
    }

    /** The window holds something new of this app. Any thread. */
    void news(String app) {
        if (byApp.containsKey(app) && news.add(app) && newsTold.compareAndSet(false, true)) {
            loop.execute(this::takeNews);
        }
    }

    /** See {@link dev.fanfare.delivery.window.BroadcastListener#servedUpTo}. Any thread. */
    long servedUpTo(String app) {
        AppFanOut fanOut = byApp.get(app);
        return fanOut == null ? Long.MAX_VALUE : fanOut.servedUpTo();
    }

    private void takeNews() {
        newsTold.set(false);
        boolean idle = due.isEmpty();
        for (String app : news) {
            news.remove(app);
            AppFanOut fanOut = byApp.get(app);
            if (fanOut != null && !fanOut.isQueued()) {
                queue(fanOut);
            }
        }
        if (idle) {
            turn();
        }
    }

    private void queue(AppFanOut fanOut) {
        fanOut.setQueued(true);
        due.add(fanOut);
    }

    /** The next app's turn; then the sockets' events, and then another turn. */
    private void turn() {
        AppFanOut fanOut = due.poll();
        if (fanOut == null) {
            return;
        }
        fanOut.setQueued(false);
        if (fanOut.advance(SESSIONS_A_TURN)) {
            queue(fanOut);
        }
        if (!due.isEmpty()) {
            // As an ordinary task it would be run before the sockets are looked at again.
            loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
        }
    }

    /** See {@link SessionRegistry#takeTally}. */
    Map<Broadcast, Integer> takeTally() {
        byApp.values().forEach(AppFanOut::settle);
        return tally.take();
    }

    int size() {
        return size;
    }

    void close(int atMost, CloseCode code) {
        int left = atMost;
        for (SessionArray slot : wheel) {
            for (int i = slot.size() - 1; i >= 0 && left > 0; i--, left--) {
                slot.get(i).leave(code);
            }
        }
    }

    /** See {@link SessionHost#awaitPong}. */
    void awaitPong(Session session, int ping, Duration timeout) {
        awaited.add(new AwaitedPong(session, ping, ticks + timeout.toSeconds()));
    }

    /** See {@link SessionHost#cutSoon}. */
    void cutSoon(Session session) {
        if (toCut.isEmpty()) {
            loop.execute(this::cutSome);
        }
        toCut.add(session);
    }

    private void cutSome() {
        for (int i = 0; i < CUTS_A_TURN && !toCut.isEmpty(); i++) {
            // Removed behind its end: whatever that brings to be cut must not begin a second row of turns.
            toCut.element().cut();
            toCut.remove();
        }
        if (!toCut.isEmpty()) {
            loop.schedule(this::cutSome, CUT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        ticks++;
        while (!awaited.isEmpty() && awaited.peek().dueTick < ticks) {
            AwaitedPong pong = awaited.poll();
            pong.session.heartbeat().checkConfirmation(pong.ping);
        }
        now = (now + 1) % wheel.size();
        wheel.get(now).forEach(Session::ping);
        wheel.get(Math.floorMod(now - pongSlots, wheel.size()))
                .forEach(session -> session.heartbeat().checkPong());
        byApp.values().forEach(AppFanOut::tick);
    }
}

package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sessions of one event loop, in the two orders in which they are gone through: by app for broadcasts, and on a wheel
 * of one slot a second for pings. No locks: everything but {@link #offer} happens on that loop. One timer serves all its
 * sessions.
 *
 * <p>Broadcasts that come faster than the loop writes them leave together: each session gets all that wait for it in one
 * write, of bytes that all sessions at the same position share. A single broadcast waits for nothing.
 */
final class LoopSessions {

    /** Broadcasts that wait for the loop; beyond, the stream's thread waits, and with it Kafka. */
    private static final int MAX_WAITING = 1024;

    private final EventLoop loop;
    private final int pongSlots;
    private final Map<String, SessionArray> byApp = new HashMap<>();
    private final List<SessionArray> wheel = new ArrayList<>();
    private int now;
    private int next;

    private final BlockingQueue<BroadcastFrames> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean scheduled = new AtomicBoolean();

    LoopSessions(EventLoop loop, SessionConfig config) {
        this.loop = loop;
        this.pongSlots = (int) config.pongTimeout().toSeconds();
        for (int i = 0; i < config.pingInterval().toSeconds(); i++) {
            wheel.add(new SessionArray(Session::wheelPlace, Session::setWheelPlace));
        }
        loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    EventLoop loop() {
        return loop;
    }

    /** Slots are filled in turn, so that a storm of connects does not become a storm of pings. */
    void add(Session session) {
        byApp.computeIfAbsent(session.info().appKey(), app -> new SessionArray(Session::appPlace, Session::setAppPlace))
                .add(session);
        wheel.get(next).add(session);
        session.setWheelSlot(next);
        next = (next + 1) % wheel.size();
    }

    void remove(Session session) {
        wheel.get(session.wheelSlot()).remove(session);
        String app = session.info().appKey();
        SessionArray ofApp = byApp.get(app);
        ofApp.remove(session);
        if (ofApp.isEmpty()) {
            byApp.remove(app);
        }
    }

    /** On the stream's thread, in order. Takes over one reference of the frames. */
    void offer(BroadcastFrames broadcast) throws InterruptedException {
        waiting.put(broadcast);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        List<BroadcastFrames> all = new ArrayList<>();
        waiting.drainTo(all);
        Map<String, List<BroadcastFrames>> byTheirApp = new LinkedHashMap<>();
        all.forEach(broadcast -> byTheirApp
                .computeIfAbsent(broadcast.appKey(), app -> new ArrayList<>())
                .add(broadcast));
        byTheirApp.forEach(this::send);
        all.forEach(BroadcastFrames::release);
    }

    private void send(String app, List<BroadcastFrames> broadcasts) {
        SessionArray sessions = byApp.get(app);
        if (sessions == null) {
            return;
        }
        if (broadcasts.size() == 1) {
            BroadcastFrames broadcast = broadcasts.get(0);
            sessions.forEach(session -> session.broadcast(broadcast));
            return;
        }
        BroadcastRun run = new BroadcastRun(broadcasts);
        sessions.forEach(session -> session.broadcast(run));
        run.release();
    }

    void closeAll(CloseCode code) {
        wheel.forEach(slot -> slot.forEach(session -> session.close(code)));
    }

    private void tick() {
        now = (now + 1) % wheel.size();
        wheel.get(now).forEach(Session::ping);
        wheel.get(Math.floorMod(now - pongSlots, wheel.size())).forEach(Session::checkPong);
    }
}

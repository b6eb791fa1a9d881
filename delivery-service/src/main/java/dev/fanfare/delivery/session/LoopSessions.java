package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.window.Broadcast;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The sessions of one event loop, in the two orders in which they are gone through: by app for broadcasts, and on a wheel
 * of one slot a second for pings. No locks: everything happens on that loop. One timer serves all its sessions.
 */
final class LoopSessions {

    private final EventLoop loop;
    private final int pongSlots;
    private final Map<String, Set<Session>> byApp = new HashMap<>();
    private final List<Set<Session>> wheel = new ArrayList<>();
    private final Map<Session, Set<Session>> slotOf = new HashMap<>();
    private int now;
    private int next;

    LoopSessions(EventLoop loop, SessionConfig config) {
        this.loop = loop;
        this.pongSlots = (int) config.pongTimeout().toSeconds();
        for (int i = 0; i < config.pingInterval().toSeconds(); i++) {
            wheel.add(new LinkedHashSet<>());
        }
        loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    EventLoop loop() {
        return loop;
    }

    /** Slots are filled in turn, so that a storm of connects does not become a storm of pings. */
    void add(Session session) {
        byApp.computeIfAbsent(session.info().appKey(), app -> new LinkedHashSet<>())
                .add(session);
        Set<Session> slot = wheel.get(next);
        next = (next + 1) % wheel.size();
        slot.add(session);
        slotOf.put(session, slot);
    }

    void remove(Session session) {
        Set<Session> slot = slotOf.remove(session);
        if (slot == null) {
            return;
        }
        slot.remove(session);
        Set<Session> ofApp = byApp.get(session.info().appKey());
        ofApp.remove(session);
        if (ofApp.isEmpty()) {
            byApp.remove(session.info().appKey());
        }
    }

    void broadcast(Broadcast broadcast, SharedFrames frames) {
        // A slow session is removed while we go through them: therefore a copy of the references.
        for (Session session : snapshot(byApp.getOrDefault(broadcast.appKey(), Set.of()))) {
            session.broadcast(broadcast.offset(), frames);
        }
    }

    void closeAll(CloseCode code) {
        snapshot(slotOf.keySet()).forEach(session -> session.close(code));
    }

    private void tick() {
        now = (now + 1) % wheel.size();
        snapshot(wheel.get(now)).forEach(Session::ping);
        int pinged = Math.floorMod(now - pongSlots, wheel.size());
        snapshot(wheel.get(pinged)).forEach(Session::checkPong);
    }

    private static List<Session> snapshot(Collection<Session> sessions) {
        return List.copyOf(sessions);
    }
}

package dev.fanfare.delivery.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Whether users are really there: complete when of each one session has shown to be alive, or all have ended. Thread-safe.
 */
final class SignsOfLife {

    private final CompletableFuture<Set<String>> alive = new CompletableFuture<>();
    /** Sessions of users of whom nothing is known yet. Guarded by itself. */
    private final Map<String, Integer> open;

    private final Set<String> found = new HashSet<>();

    /** @param sessions of each user, at least one */
    SignsOfLife(Map<String, Integer> sessions) {
        this.open = new HashMap<>(sessions);
        completeIfAllKnown(open.isEmpty());
    }

    /** The users of whom a session is alive. */
    CompletableFuture<Set<String>> alive() {
        return alive;
    }

    /** A session of the user is. */
    void alive(String userId) {
        boolean allKnown;
        synchronized (open) {
            if (open.remove(userId) == null) {
                return;
            }
            found.add(userId);
            allKnown = open.isEmpty();
        }
        completeIfAllKnown(allKnown);
    }

    /** A session of the user has ended, or is no more to be waited for. */
    void gone(String userId) {
        boolean allKnown;
        synchronized (open) {
            if (open.computeIfPresent(userId, (user, left) -> left == 1 ? null : left - 1) != null) {
                return;
            }
            allKnown = open.isEmpty();
        }
        completeIfAllKnown(allKnown);
    }

    private void completeIfAllKnown(boolean allKnown) {
        if (allKnown) {
            alive.complete(Set.copyOf(found));
        }
    }
}

package dev.fanfare.delivery.session;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A kept message on its way to the user's sessions of this node: complete when each of them has confirmed it, or is gone.
 * Thread-safe.
 */
final class Handover {

    private final CompletableFuture<Handed> handed = new CompletableFuture<>();
    private final Set<String> confirmed = new HashSet<>();
    private int open;

    /** @param sessions how many there are, at least one */
    Handover(int sessions) {
        this.open = sessions;
    }

    CompletableFuture<Handed> handed() {
        return handed;
    }

    /** The device of one of the sessions has the message, and its position is kept. */
    void confirmed(String deviceId) {
        synchronized (confirmed) {
            confirmed.add(deviceId);
        }
        oneLess();
    }

    /** One of the sessions ended without a word. */
    void unconfirmed() {
        oneLess();
    }

    private void oneLess() {
        Set<String> all;
        synchronized (confirmed) {
            open--;
            if (open > 0) {
                return;
            }
            all = Set.copyOf(confirmed);
        }
        handed.complete(new Handed(true, all));
    }
}

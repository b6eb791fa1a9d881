package dev.fanfare.fakes;

import java.util.HashSet;
import java.util.Set;

/**
 * How many pushes a provider took.
 *
 * @param pushes all of them
 * @param again of those, pushes that a device had got under the same id before: it showed them once
 */
public record PushCounts(long pushes, long again) {

    /** Counts, and for that remembers every push's device and id. Thread-safe. */
    static final class Counter {

        private final Set<Long> seen = new HashSet<>();
        private long pushes;
        private long again;

        synchronized void count(ReceivedPush push) {
            pushes++;
            // A hash of 64 bits: of a million pushes two are taken for one with a chance of one in forty million.
            if (push.id() != null && !seen.add(hash(push.token()) * 31 + hash(push.id()))) {
                again++;
            }
        }

        synchronized PushCounts counts() {
            return new PushCounts(pushes, again);
        }

        /** FNV-1a. */
        private static long hash(String text) {
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            return hash;
        }
    }
}

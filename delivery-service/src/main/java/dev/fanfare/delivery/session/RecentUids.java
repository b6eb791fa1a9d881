package dev.fanfare.delivery.session;

/**
 * The last personal messages of a session, so that a redelivered one is not shown twice. Bounded: {@value #SIZE}
 * messages, as 64-bit hashes; it exists only for sessions that got a personal message. One thread.
 */
final class RecentUids {

    private static final int SIZE = 128;

    private final long[] seen = new long[SIZE];
    private int next;

    /** @return false if it was seen before */
    boolean add(String messageUid) {
        long hash = hash(messageUid);
        for (long other : seen) {
            if (other == hash) {
                return false;
            }
        }
        seen[next] = hash;
        next = (next + 1) % SIZE;
        return true;
    }

    /** FNV-1a, 64 bits; never the 0 of an empty place. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }
}

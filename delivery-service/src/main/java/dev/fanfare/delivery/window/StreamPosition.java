package dev.fanfare.delivery.window;

/**
 * How far an app's stream was read.
 *
 * @param epoch changes when offsets of before mean nothing any more (the topic was made anew or has other partitions)
 * @param offset all broadcasts up to this one; below 0 at the very beginning, see {@link #offsetForClients}
 */
public record StreamPosition(String epoch, long offset) {

    /** Clients know no number below 0. With 0 one begins at the beginning. */
    public long offsetForClients() {
        return Math.max(0, offset);
    }
}

package dev.fanfare.delivery.window;

import java.util.List;

/**
 * A piece of an app's stream: all its broadcasts above {@code from} up to {@code to}, in order.
 *
 * @param lost broadcasts above {@code from} are gone; then the slice is empty
 */
public record Slice(long from, long to, List<Broadcast> broadcasts, boolean lost) {

    public boolean isEmpty() {
        return broadcasts.isEmpty();
    }
}

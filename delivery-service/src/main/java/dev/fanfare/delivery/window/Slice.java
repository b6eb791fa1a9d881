package dev.fanfare.delivery.window;

import java.util.List;

/**
 * A piece of an app's stream: all its broadcasts above {@code from} up to {@code to}, in order.
 *
 * @param lost broadcasts above {@code from} are gone; then the slice is empty
 * @param recalls how many messages the app had taken back by then
 */
public record Slice(long from, long to, List<Broadcast> broadcasts, boolean lost, int recalls) {

    public boolean isEmpty() {
        return broadcasts.isEmpty();
    }

    /** Whether it has nothing that is only for who was connected when it came. */
    public boolean isForLatecomers() {
        return broadcasts.stream().noneMatch(Broadcast::isLive);
    }
}

package dev.fanfare.delivery.window;

/**
 * A broadcast that was kept for those who connect within days.
 *
 * @param epoch in which its offset means something, see {@link StreamPosition}
 */
public record KeptBroadcast(String epoch, Broadcast broadcast) {}

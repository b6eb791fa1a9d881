package dev.fanfare.delivery.window;

/**
 * The moment at which a session joined its app's stream.
 *
 * @param lostUpTo what came up to here, and was not held any more, is not due to it
 * @param end how far the stream was read: what is only for those who were there, and came up to here, is not due to it
 */
public record Joined(long lostUpTo, long end) {}

package dev.fanfare.delivery.window;

/**
 * A broadcast as the stream holds it.
 *
 * @param offset position in the app's stream: Kafka's offset plus one, so that 0 means "nothing yet"
 * @param time when the broker took it, ms since 1970
 * @param data the client message, JSON on one line; shared, do not change it
 */
public record Broadcast(String appKey, long offset, long time, String messageUid, byte[] data) {}

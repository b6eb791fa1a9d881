package dev.fanfare.delivery.session;

import dev.fanfare.delivery.window.StreamPosition;
import java.util.List;

/** What a client heard, whatever its format. */
sealed interface Told {

    /** The connection is live. */
    record Connected(String client, String personalChannel, Channel broadcasts, Channel inbox) implements Told {}

    /** A channel in a connect reply. */
    record Channel(StreamPosition position, boolean wasRecovering, boolean recovered, List<Publication> publications) {}

    /** The server subscribes the client while it is connected. */
    record Subscribed(String channel, StreamPosition position) implements Told {}

    /** A message in a channel; its offset is 0 where the channel has none. */
    record Publication(String channel, long offset, String messageUid) implements Told {}

    /** To be answered. */
    record Ping() implements Told {}

    /** Nothing that is expected. */
    record Other(String reply) implements Told {}
}

package dev.fanfare.delivery.push;

import io.smallrye.mutiny.Uni;

/**
 * Sends with one credential of a push provider. Called on an event loop, must not block; many calls may be under way at
 * the same time; the same push may come again.
 */
public interface PushSender extends AutoCloseable {

    /** A failure is a bug or the network, and treated as {@link PushResult.Unavailable}. Bounded in time by the caller. */
    Uni<PushResult> send(Push push);

    /** Lets connections go. */
    @Override
    void close();
}

package dev.fanfare.delivery.push;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Sends with one credential of a push provider. Called on an event loop, must not block; many calls may be under way at
 * the same time; the same push may come again.
 */
public interface PushSender extends AutoCloseable {

    /** A failure is a bug or the network, and treated as {@link PushResult.Unavailable}. Bounded in time by the caller. */
    Uni<PushResult> send(Push push);

    /**
     * Finds out whether the provider takes the credential, as far as that is possible without a push.
     *
     * @return what the provider says against it; empty if it says nothing, or cannot be asked
     */
    default Uni<Optional<String>> problem() {
        return Uni.createFrom().item(Optional.empty());
    }

    /** Lets connections go. */
    @Override
    void close();
}

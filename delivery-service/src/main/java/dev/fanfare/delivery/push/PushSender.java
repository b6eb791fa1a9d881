package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.PushJob;
import io.smallrye.mutiny.Uni;

/** A push provider. Called on an event loop, must not block, may be called again for the same job. */
public interface PushSender {

    /** The provider's name in outcomes and metrics. */
    String provider();

    /** A failure is a bug or the network, and treated as {@link PushResult.Unavailable}. */
    Uni<PushResult> send(PushJob job);
}

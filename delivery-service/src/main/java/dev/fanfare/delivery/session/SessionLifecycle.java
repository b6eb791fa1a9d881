package dev.fanfare.delivery.session;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Told by the client edge about sessions, on the session's event loop: must not block. */
public interface SessionLifecycle {

    /**
     * A client has proven who it is and {@link LocalSessions} delivers to it from now on; its connect reply waits for
     * this. A failure, or an answer that takes too long, does not keep the client out.
     */
    Uni<Void> opened(SessionInfo session);

    /** The session is gone; called once for every session that was opened. */
    void closed(SessionInfo session);

    /** The client said that it has these messages. Completes when that is told, or cannot be; never fails. */
    CompletableFuture<Void> acknowledged(SessionInfo session, List<String> messageUids);
}

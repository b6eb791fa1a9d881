package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.session.SessionInfo;
import java.util.List;

/** Wants to know which sessions a user has at the moment when one more comes. Must not block. */
public interface Newcomers {

    /** Whether it wants to know that of this one. Asked on the session's event loop. */
    boolean concern(SessionInfo newcomer);

    /**
     * The newcomer was announced. Called on a thread of the Redis client, and not at all if Redis could not be told.
     *
     * @param entries all of its user at that moment, its own included. Of two sessions that come at the same time, on
     *     whatever nodes, exactly one sees the other
     */
    void announced(SessionInfo newcomer, List<PresenceEntry> entries);
}

package dev.fanfare.delivery.session;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.delivery.protocol.CloseCode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/** The sessions that are connected to this node. Safe to call from any thread; knows no wire format and no Kafka. */
public interface LocalSessions {

    /**
     * Hands a message to every session of these users on this node. Calls need not wait for each other: a session gets
     * messages in the order of the calls. It never gets the same {@code messageUID} twice, so a redelivered message is
     * harmless, and its users count as reached.
     *
     * @return the users of whom at least one session here got it: it was written to the socket, or will be right after
     *     the session's connect reply
     */
    Uni<Set<String>> deliver(String appKey, List<String> userIds, ClientMessage message);

    /**
     * Ends a session and its connection, soon.
     *
     * @return whether there is such a session here
     */
    boolean end(String appKey, String userId, String sessionId, CloseCode code);
}

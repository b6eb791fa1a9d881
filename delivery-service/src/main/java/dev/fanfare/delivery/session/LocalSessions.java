package dev.fanfare.delivery.session;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.user.UserKey;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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
     * Hands a message of a user's inbox to every session of the user on this node, each in the order of the inbox,
     * whatever the order of the calls, and once. Complete when each has confirmed it or is gone: within the time for
     * confirmations, as a rule.
     */
    CompletableFuture<Handed> hand(UserKey user, InboxPosition at, ClientMessage message);

    /**
     * Finds out which of these users are really there. A session that has answered a ping sent since then has shown it
     * already, or has connected since then; any other is asked by a ping, once, however many want to know. One that does
     * not answer within the time for confirmations is ended.
     *
     * @param since ms since 1970
     * @return those of whom a session here is alive; complete when that is known of each, and at once for users who have
     *     no session here
     */
    CompletableFuture<Set<String>> alive(String appKey, Collection<String> userIds, long since);

    /**
     * Ends a session and its connection, soon.
     *
     * @return whether there is such a session here
     */
    boolean end(String appKey, String userId, String sessionId, CloseCode code);
}

package dev.fanfare.delivery.session;

/**
 * A client connection as the rest of the node sees it.
 *
 * @param sessionId unique in the whole deployment
 * @param deviceId what the client said it is; its session id where it said nothing
 * @param connectedAt ms since 1970
 */
public record SessionInfo(String sessionId, String appKey, String userId, String deviceId, long connectedAt) {

    /** Whether the client said which device it is. */
    public boolean namedItsDevice() {
        return !deviceId.equals(sessionId);
    }
}

package dev.fanfare.contracts.topic;

/**
 * Record keys: they decide the partition, hence the order. Commands and broadcasts are ordered by app, group status by
 * app and group, personal messages by app and user.
 */
public final class RecordKey {

    private static final char SEPARATOR = ':';

    private RecordKey() {}

    public static String ofApp(String appKey) {
        return appKey;
    }

    public static String ofUser(String appKey, String userId) {
        return appKey + SEPARATOR + userId;
    }

    /** For what is about a message as a whole. */
    public static String ofMessage(String appKey, String messageUid) {
        return appKey + SEPARATOR + messageUid;
    }

    /** @param number of the chunk among those of its message */
    public static String ofChunk(String appKey, String messageUid, long number) {
        return appKey + SEPARATOR + messageUid + SEPARATOR + number;
    }

    public static String ofGroup(String appKey, String groupId) {
        return appKey + SEPARATOR + "group" + SEPARATOR + groupId;
    }
}

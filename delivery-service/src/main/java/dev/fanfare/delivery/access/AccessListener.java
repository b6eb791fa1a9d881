package dev.fanfare.delivery.access;

/**
 * Told by a {@link UserAccessTable} whom to look at again: each time that a record makes a user's access stricter, by
 * expiring tokens or by blocking. Not told of an unblock, of a block that runs out, or of what was known when the table
 * was first read, for then nobody is connected yet.
 *
 * <p>The table knows the record already, so that {@link ConnectAccess#standing} gives the new answer. A session that is
 * just coming in is not missed if it is judged once more <em>after</em> it has been put where the listener finds it:
 * either that judgement sees the record, or the listener sees the session.
 */
@FunctionalInterface
public interface AccessListener {

    /** Called on the thread that reads the topic, in the order of the user's records. Must neither block nor throw. */
    void onAccessChanged(String appKey, String userId);
}

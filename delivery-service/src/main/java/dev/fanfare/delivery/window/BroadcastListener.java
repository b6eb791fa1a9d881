package dev.fanfare.delivery.window;

/** Who brings broadcasts to sessions. Called on the stream's thread; must not block. */
public interface BroadcastListener {

    /**
     * The window holds more of this app than before: read on with {@link BroadcastWindow#read}. A session that joins from
     * now on gets it by its {@link CatchUp}.
     */
    void onBroadcast(String appKey);

    /**
     * Up to where all of the app's sessions that keep up have been served. Any thread.
     *
     * @return {@link Long#MAX_VALUE} if nobody here waits for the app's broadcasts
     */
    long servedUpTo(String appKey);
}

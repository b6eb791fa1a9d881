package dev.fanfare.delivery.window;

/** Told of every broadcast that is read after the window was filled, on the stream's thread, in order. */
public interface BroadcastListener {

    /** The broadcast stands in the window already: a session that joins from now on gets it by its {@link CatchUp}. */
    void onBroadcast(Broadcast broadcast);
}

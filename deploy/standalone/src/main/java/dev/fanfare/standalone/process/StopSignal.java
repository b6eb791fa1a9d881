package dev.fanfare.standalone.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** "Please end": given once, by Ctrl-C, SIGTERM or a failure, and seen by everything that waits. Thread-safe. */
public final class StopSignal {

    private final CountDownLatch given = new CountDownLatch(1);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Gives the signal. Listeners run on the calling thread, once. */
    public void request() {
        synchronized (this) {
            if (requested()) {
                return;
            }
            given.countDown();
        }
        listeners.forEach(Runnable::run);
    }

    public boolean requested() {
        return given.getCount() == 0;
    }

    /** Waits for the signal, at most so long; says whether it was given. */
    public boolean await(Duration patience) throws InterruptedException {
        return given.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs {@code listener} when the signal is given; at once if it was. */
    public void onRequest(Runnable listener) {
        synchronized (this) {
            if (!requested()) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }
}

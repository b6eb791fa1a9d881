package dev.fanfare.standalone.launch;

import dev.fanfare.standalone.process.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C and SIGTERM: gives the stop signal, and keeps the JVM until its main thread has stopped all that runs. */
final class ShutdownHook implements AutoCloseable {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(120);

    private final StopSignal stop;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean runs;

    private ShutdownHook(StopSignal stop) {
        this.stop = stop;
    }

    static ShutdownHook install(StopSignal stop) {
        ShutdownHook hook = new ShutdownHook(stop);
        Runtime.getRuntime().addShutdownHook(new Thread(hook::run, "fanfare-shutdown"));
        return hook;
    }

    /** Whether the JVM has been asked to end. */
    boolean runs() {
        return runs;
    }

    /** Nothing runs any more: the JVM may end. */
    @Override
    public void close() {
        done.countDown();
    }

    private void run() {
        runs = true;
        stop.request();
        try {
            done.await(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

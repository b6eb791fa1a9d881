package dev.fanfare.standalone.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets one thread wait until what other threads report adds up to what it waits for. */
final class Changes {

    /** Something has changed; whoever waits looks again. */
    synchronized void tell() {
        notifyAll();
    }

    /** Whether {@code condition} became true in time. It is evaluated under the lock and must not block. */
    synchronized boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}

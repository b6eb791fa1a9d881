package dev.fanfare.runtime.pipeline;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Acknowledges the batch when the last of its records is written, refuses it when the first one fails. Thread-safe. */
final class BatchAcknowledgement {

    private final Message<List<byte[]>> batch;
    /** The records that are not written yet, and one for the walk through them. */
    private final AtomicInteger open = new AtomicInteger(1);

    BatchAcknowledgement(Message<List<byte[]>> batch) {
        this.batch = batch;
    }

    void oneMore() {
        open.incrementAndGet();
    }

    void oneDone() {
        if (open.decrementAndGet() == 0) {
            batch.ack();
        }
    }

    void oneFailed(Throwable reason) {
        if (open.getAndSet(Integer.MIN_VALUE) > 0) {
            batch.nack(reason);
        }
    }
}

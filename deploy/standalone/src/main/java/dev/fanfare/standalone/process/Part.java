package dev.fanfare.standalone.process;

import java.util.concurrent.CompletableFuture;

/** Something that runs as long as the product runs: a server in this JVM or a process. */
public interface Part {

    /** What the person at the terminal calls it. */
    String name();

    /**
     * Returns when the part does its work, or soon after {@code stop} was requested. Called once, on a thread that may
     * block; never interrupted, because half-started servers leave damage behind.
     */
    void start(StopSignal stop) throws PartFailedException;

    /** Completes when the part ends, with what to tell unless it was stopped. Asked only after it has started. */
    CompletableFuture<PartFailedException> ended();

    /** Ends the part in an orderly way and returns when it has ended. Also called when its start failed. */
    void stop();
}

package dev.fanfare.standalone.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Starts parts stage by stage, the parts of a stage at the same time, watches them, and stops them in the opposite order.
 * Whatever happens - a part that does not start, one that dies later, Ctrl-C in the middle of it - ends in
 * {@link #close()}, which waits for starts under way and leaves nothing running.
 *
 * <p>One thread drives it; parts start and stop on threads of their own.
 */
public final class Supervisor implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private final StopSignal stop;
    private final Progress progress;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Deque<List<Part>> stages = new ArrayDeque<>();
    private final ExecutorService starters = Executors.newCachedThreadPool(Supervisor::thread);

    public Supervisor(StopSignal stop, Progress progress) {
        this.stop = stop;
        this.progress = progress;
        stop.onRequest(() -> events.add(new Event.StopRequested()));
    }

    /** Returns when all parts of the stage do their work. */
    public void start(List<? extends Part> stage) throws PartFailedException, StoppedException {
        if (stop.requested()) {
            throw new StoppedException();
        }
        stages.push(List.copyOf(stage));
        long begin = System.nanoTime();
        List<String> waiting = new ArrayList<>();
        for (Part part : stage) {
            waiting.add(part.name());
            starters.execute(() -> events.add(startOf(part)));
        }
        while (!waiting.isEmpty()) {
            Event event = next(QUIET);
            if (event instanceof Event.Ready ready) {
                waiting.remove(ready.part().name());
                progress.ready(ready.part().name(), since(begin));
                ready.part().ended().thenAccept(end -> events.add(new Event.Failed(end)));
            } else if (event == null) {
                progress.waitingFor(waiting, since(begin));
            } else {
                throwFor(event);
            }
        }
    }

    /**
     * Does {@code work} on a thread of its own while watching the parts, and returns what it returned. When a part ends or
     * the stop signal is given, the work is interrupted and this throws.
     */
    public <T> T watchDuring(Callable<T> work)
            throws PartFailedException, StoppedException, ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work) {
            @Override
            protected void done() {
                events.add(new Event.WorkDone());
            }
        };
        starters.execute(task);
        try {
            while (!task.isDone()) {
                Event event = next(QUIET);
                if (event != null) {
                    throwFor(event);
                }
            }
            return task.get();
        } finally {
            task.cancel(true);
        }
    }

    /** Never returns: throws when a part ends or when the stop signal is given. */
    public void watch() throws PartFailedException, StoppedException {
        while (true) {
            Event event = next(QUIET);
            if (event != null) {
                throwFor(event);
            }
        }
    }

    /** Stops what was started, the last stage first. */
    @Override
    public void close() {
        stop.request();
        progress.stopping();
        starters.shutdown();
        awaitStarters();
        while (!stages.isEmpty()) {
            stopAll(stages.pop());
        }
    }

    private Event startOf(Part part) {
        try {
            part.start(stop);
            return stop.requested() ? new Event.StopRequested() : new Event.Ready(part);
        } catch (PartFailedException e) {
            return new Event.Failed(e);
        } catch (RuntimeException | Error e) {
            return new Event.Failed(new PartFailedException(part.name(), e));
        }
    }

    private void stopAll(List<Part> stage) {
        long begin = System.nanoTime();
        ExecutorService stoppers = Executors.newCachedThreadPool(Supervisor::thread);
        try {
            stoppers.invokeAll(
                    stage.stream().map(part -> Executors.callable(part::stop)).toList(),
                    LONGEST_STOP.toSeconds(),
                    TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stoppers.shutdownNow();
        progress.stopped(stage.stream().map(Part::name).toList(), since(begin));
    }

    private void awaitStarters() {
        try {
            if (!starters.awaitTermination(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
                starters.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Event next(Duration patience) {
        try {
            return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Event.StopRequested();
        }
    }

    private static void throwFor(Event event) throws PartFailedException, StoppedException {
        if (event instanceof Event.Failed failed) {
            throw failed.failure();
        }
        if (event instanceof Event.StopRequested) {
            throw new StoppedException();
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "fanfare-supervisor");
        thread.setDaemon(true);
        return thread;
    }

    private sealed interface Event {

        record Ready(Part part) implements Event {}

        record Failed(PartFailedException failure) implements Event {}

        record WorkDone() implements Event {}

        record StopRequested() implements Event {}
    }
}

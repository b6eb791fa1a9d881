package dev.fanfare.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What a process has used so far, as Linux tells in {@code /proc}. */
public final class ProcessCost {

    /** The unit of {@code /proc/<pid>/stat}, which is the same on every Linux: USER_HZ. */
    private static final double TICK_MILLIS = 10;

    private static final long LOOK_NANOS = 500_000_000;
    private static final int QUIET_SHARE = 10;
    private static final String RESET_PEAK = "5";

    private ProcessCost() {}

    /** Processor time of all its threads, user and system. */
    public static double cpuMillis(long pid) {
        return cpuMillis(read(pid, "stat"));
    }

    /**
     * The same to the nanosecond, for short spans. Threads that have ended are not in it: a difference can only be too
     * small.
     */
    public static long cpuNanos(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.mapToLong(ProcessCost::threadNanos).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has ended", e);
        }
    }

    private static long threadNanos(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
        } catch (IOException e) {
            // It ended just now.
            return 0;
        }
    }

    /** Returns when a process has little to do, such as after many sessions were opened or closed. */
    public static void awaitQuiet(long pid) {
        long before;
        do {
            before = cpuNanos(pid);
            LockSupport.parkNanos(LOOK_NANOS);
        } while (cpuNanos(pid) - before > LOOK_NANOS / QUIET_SHARE);
    }

    /** Memory that is really there. */
    public static long residentBytes(long pid) {
        return residentBytes(read(pid, "status"));
    }

    /** The most that was there since the process began, or since {@link #forgetPeak}. */
    public static long peakResidentBytes(long pid) {
        return bytesOf("VmHWM", read(pid, "status"));
    }

    /** The peak begins at what is there now. */
    public static void forgetPeak(long pid) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), RESET_PEAK);
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has ended", e);
        }
    }

    /** The name in parentheses may have spaces; behind it stand the state and then eleven numbers. */
    static double cpuMillis(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
    }

    static long residentBytes(String status) {
        return bytesOf("VmRSS", status);
    }

    private static long bytesOf(String field, String status) {
        return status.lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + field));
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has ended", e);
        }
    }
}

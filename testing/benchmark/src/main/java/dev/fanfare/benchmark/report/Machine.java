package dev.fanfare.benchmark.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a figure comes from. A figure without it means nothing. */
@JsonPropertyOrder({"processor", "processors", "memoryGiB", "kernel"})
public record Machine(String processor, int processors, long memoryGiB, String kernel) {

    private static final long KIB_PER_GIB = 1024 * 1024;

    /** The one that this runs on. */
    public static Machine here() throws IOException {
        int processors = (int) Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("processor"))
                .count();
        long memory = Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) / KIB_PER_GIB;
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name"),
                processors,
                memory,
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    /** The checked-out commit, with a mark if there is more than it; {@code unknown} without git. */
    public static String commit(Path home) throws InterruptedException {
        try {
            String commit = git(home, "rev-parse", "--short=10", "HEAD");
            return git(home, "status", "--porcelain", "--untracked-files=no").isEmpty()
                    ? commit
                    : commit + " + changes";
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String git(Path home, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("git").directory(home.toFile());
        builder.command().addAll(java.util.List.of(arguments));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) {
            throw new IOException("git failed");
        }
        return output;
    }

    private static String field(Path file, String name) throws IOException {
        return Files.readString(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }
}

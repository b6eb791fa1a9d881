package dev.fanfare.benchmark.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM holds, garbage left out.
 *
 * @param heapBytes objects that are alive
 * @param directBytes memory outside the heap that its code asked for, such as Netty's buffers
 * @param residentBytes memory that the process really has
 */
public record LiveMemory(long heapBytes, long directBytes, long residentBytes) {

    /** Has the JVM keep the books that {@link #of} reads. */
    public static final String JVM_OPTION = "-XX:NativeMemoryTracking=summary";

    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);
    private static final Pattern DIRECT = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

    /** Collects garbage, and looks. */
    public static LiveMemory of(String javaHome, long pid) throws IOException, InterruptedException {
        jcmd(javaHome, pid, "GC.run");
        long heap = heapBytes(jcmd(javaHome, pid, "GC.class_histogram"));
        long direct = directBytes(jcmd(javaHome, pid, "VM.native_memory", "summary"));
        return new LiveMemory(heap, direct, ProcessCost.residentBytes(pid));
    }

    static long heapBytes(String histogram) {
        return number(TOTAL, histogram);
    }

    static long directBytes(String nativeMemory) {
        Matcher matcher = DIRECT.matcher(nativeMemory);
        // A JVM that has none leaves the line out.
        return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 0;
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("jcmd said something else");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String jcmd(String javaHome, long pid, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Path.of(javaHome, "bin", "jcmd").toString(), Long.toString(pid));
        builder.command().addAll(java.util.List.of(command));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd failed: " + output);
        }
        return output;
    }
}

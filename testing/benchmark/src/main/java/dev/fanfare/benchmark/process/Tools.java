package dev.fanfare.benchmark.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The C programs, compiled for this machine.
 *
 * @param folder where they are, and where processes leave what they log
 */
public record Tools(Path folder) {

    private static final List<String> PROGRAMS = List.of("load", "baseline", "calls");

    /** Compiles them. */
    public static Tools compiledIn(Path folder) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new IOException("The benchmarks need Linux: their load generator stands on epoll.");
        }
        String compiler = compiler()
                .orElseThrow(
                        () -> new IOException("The benchmarks need a C compiler for their load generator, and there is"
                                + " no cc on the PATH. Install gcc."));
        Files.createDirectories(folder);
        for (String program : PROGRAMS) {
            compile(compiler, program, folder);
        }
        return new Tools(folder);
    }

    /** The machine's C compiler. */
    public static Optional<String> compiler() {
        return onPath("cc");
    }

    /** A program on the PATH. */
    static Optional<String> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static void compile(String compiler, String program, Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve(program + ".c");
        try (InputStream in = Tools.class.getResourceAsStream(program + ".c")) {
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Process process = new ProcessBuilder(
                        compiler,
                        "-O2",
                        "-Wall",
                        "-Wextra",
                        "-o",
                        folder.resolve(program).toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(program + ".c does not compile:\n" + output);
        }
    }

    public Path load() {
        return folder.resolve("load");
    }

    public Path baseline() {
        return folder.resolve("baseline");
    }

    public Path calls() {
        return folder.resolve("calls");
    }
}

package dev.fanfare.benchmark;

import dev.fanfare.benchmark.measure.Bench;
import dev.fanfare.benchmark.measure.Measurement.Finding;
import dev.fanfare.benchmark.measure.Settings;
import dev.fanfare.benchmark.process.Cores;
import dev.fanfare.benchmark.process.Tools;
import dev.fanfare.benchmark.report.Machine;
import dev.fanfare.benchmark.report.PerformancePage;
import dev.fanfare.benchmark.report.Report;
import dev.fanfare.standalone.launch.LauncherLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ./fanfare bench}. */
@Command(
        name = "fanfare bench",
        description = {
            "Measure what is in this repository, on this machine, each figure beside a baseline of the same run.",
            "It starts installations of its own, and takes both its cores: let nothing else run meanwhile."
        },
        sortOptions = false)
public final class BenchCommand implements Callable<Integer> {

    private static final String PAGE = "docs/performance.md";

    @Parameters(arity = "0..*", paramLabel = "BENCHMARK", description = "${COMPLETION-CANDIDATES}, in any case.")
    private List<Benchmark> benchmarks = List.of();

    @Option(names = "--all", description = "Measure all of them.")
    private boolean all;

    @Option(names = "--sessions", split = ",", paramLabel = "N", description = "Other numbers of sessions.")
    private List<Integer> sessions;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "51", description = "Measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "100",
            description = "Rounds before those (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--java-home",
            paramLabel = "DIR",
            description = "The JDK under the product and the Netty baseline (default: that of this command).")
    private Path javaHome = Path.of(System.getProperty("java.home"));

    @Option(
            names = "--gc",
            paramLabel = "GC",
            defaultValue = "G1",
            description = "Its garbage collector: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Settings.Collector collector;

    @Option(names = "--heap", paramLabel = "SIZE", defaultValue = "1g", description = "Its heap (${DEFAULT-VALUE}).")
    private String heap;

    @Option(names = "--jfr", description = "Record the measured service: target/benchmark/SERVICE.jfr.")
    private boolean flightRecording;

    @Option(
            names = "--slow-share",
            paramLabel = "SHARE",
            defaultValue = "0.55",
            description = "Of the sessions, those that stop reading in 'slow' (${DEFAULT-VALUE}).")
    private double slowShare;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "10000",
            description = "In 'kills', and in a round of 'offline' (${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--seed", paramLabel = "N", description = "Who is killed when in 'kills' (by default a new one).")
    private long seed = System.currentTimeMillis();

    @Option(names = "--update-docs", description = "Put the figures that are there into " + PAGE + ".")
    private boolean updateDocs;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec
    private CommandSpec command;

    /** Ends the JVM with 0, 1 if something could not be measured or was lost, or 2 if the arguments are not understood. */
    public static void main(String[] arguments) throws IOException {
        LauncherLog.silent();
        CommandLine commandLine = new CommandLine(new BenchCommand())
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(commandLine.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(System.getProperty("fanfare.home", "."))
                .toAbsolutePath()
                .normalize();
        Path folder = home.resolve("target/benchmark");
        PrintWriter out = command.commandLine().getOut();
        List<Benchmark> chosen = all ? List.of(Benchmark.values()) : benchmarks;
        if (chosen.isEmpty() && !updateDocs) {
            command.commandLine().usage(out);
            return CommandLine.ExitCode.USAGE;
        }
        boolean failed = false;
        for (Benchmark benchmark : chosen) {
            failed |= !measure(benchmark, home, folder, out);
        }
        if (updateDocs) {
            updatePage(home.resolve(PAGE), folder, out);
        }
        return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private boolean measure(Benchmark benchmark, Path home, Path folder, PrintWriter out) {
        out.println(benchmark.title() + " …");
        try {
            Settings settings = new Settings(
                    sessions == null ? List.of() : sessions,
                    rounds,
                    warmUp,
                    javaHome.toAbsolutePath().toString(),
                    collector,
                    heap,
                    flightRecording,
                    slowShare,
                    messages,
                    seed);
            Tools tools = Tools.compiledIn(folder.resolve("tools"));
            Cores cores = benchmark.isOfOneCore() ? Cores.pinned() : Cores.free();
            Finding finding = benchmark.measurement().measure(new Bench(home, folder, tools, settings, cores, out));
            Report report = new Report(
                    benchmark.fileName(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    Machine.here(),
                    Machine.commit(home),
                    javaVersion(),
                    finding.parameters(),
                    finding.table(),
                    finding.rounds());
            report.writeTo(folder);
            out.println();
            out.println(report.markdown());
            return true;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            out.println("✘ " + benchmark.title() + ": " + (e.getMessage() == null ? e : e.getMessage()));
            e.printStackTrace(command.commandLine().getErr());
            return false;
        }
    }

    private String javaVersion() throws IOException {
        return Files.readAllLines(javaHome.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replace("JAVA_VERSION=", "").replace("\"", ""))
                .findFirst()
                .orElse("unknown");
    }

    private static void updatePage(Path page, Path folder, PrintWriter out) throws IOException {
        String text = Files.readString(page);
        for (Benchmark benchmark : Benchmark.values()) {
            Path file = Report.file(folder, benchmark.fileName());
            if (Files.exists(file)) {
                text = PerformancePage.with(text, Report.read(file)).orElse(text);
                out.println(benchmark.fileName() + ": " + PAGE + " tells the figures of " + file);
            }
        }
        Files.writeString(page, text);
    }
}

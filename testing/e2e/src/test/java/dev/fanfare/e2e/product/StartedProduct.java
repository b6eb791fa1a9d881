package dev.fanfare.e2e.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Fanfare as a user runs it: {@code fanfare up} from the built jars, as a process with processes of its own, on free
 * ports and an empty data folder. Its logs stay in {@code target/fanfare/logs}.
 */
public final class StartedProduct implements AutoCloseable {

    /** Of the tests that look into it: those a product that somebody else started does not pass. */
    public static final String TAG = "started";

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int LOG_LINES = 40;

    /** The producer beside the gateway, and its app, that {@code fanfare up} brings. */
    private static final String PRODUCER = "demo-producer";

    private static final String PRODUCERS_APP = "demo-app-key";
    private static final String PRODUCERS_APP_SECRET = "demo-app-secret";

    private final Process process;
    private final Product product;
    private final Collector collector;

    private StartedProduct(Process process, Product product, Collector collector) {
        this.process = process;
        this.product = product;
        this.collector = collector;
    }

    static StartedProduct start() {
        Path home = Path.of(System.getProperty("fanfare.home"));
        Path data = Path.of("target", "fanfare").toAbsolutePath();
        Path output = Path.of("target", "fanfare-up.log").toAbsolutePath();
        try {
            Collector collector = Collector.start();
            Process process = new ProcessBuilder(command(home, data, collector))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            Path endpoints = data.resolve("run/endpoints.properties");
            Awaitility.await("start of the product")
                    .atMost(START)
                    .until(() -> Files.exists(endpoints) || !process.isAlive());
            if (!process.isAlive()) {
                throw new IllegalStateException("the product did not start:\n" + tail(output) + logs(data));
            }
            return new StartedProduct(process, describedIn(data), collector);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home, Path data, Collector collector) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfanfare.home=" + home,
                "-jar",
                home.resolve("deploy/standalone/target/standalone.jar").toString(),
                "up",
                "--fresh",
                "--free-ports",
                "--data",
                data.toString(),
                // Nothing is followed but what a test sends with a traceparent.
                "--set",
                "quarkus.otel.sdk.disabled=false",
                "--set",
                "quarkus.otel.traces.sampler.arg=0",
                "--set",
                "quarkus.otel.bsp.schedule.delay=200ms",
                "--set",
                "quarkus.otel.exporter.otlp.endpoint=" + collector.uri(),
                "--set",
                "fanfare.log.json=true",
                "--set",
                "quarkus.log.category.\"dev.fanfare.gateway.command\".level=DEBUG");
    }

    private static Product describedIn(Path data) {
        Properties properties = Product.read(data.resolve("run/endpoints.properties"));
        Properties secrets = Product.read(data.resolve("secrets.properties"));
        properties.setProperty("admin.token", secrets.getProperty("admin.token"));
        properties.setProperty("producer.id", PRODUCER);
        properties.setProperty("producer.secret", secrets.getProperty(PRODUCER + ".secret"));
        properties.setProperty("producer.app.key", PRODUCERS_APP);
        properties.setProperty("producer.app.secret", PRODUCERS_APP_SECRET);
        return new Product(properties);
    }

    Product product() {
        return product;
    }

    /** What a service has logged so far, a JSON object a line. */
    public List<String> log(String service) {
        try {
            return Files.readAllLines(Path.of("target", "fanfare", "logs", service + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spans of a trace that have come so far, of all services. */
    public List<Collector.Span> spansOf(String traceId) {
        return collector.spansOf(traceId);
    }

    /** As Ctrl-C does it. */
    @Override
    public void close() {
        collector.close();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the product did not stop within " + STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String logs(Path data) throws IOException {
        Path logs = data.resolve("logs");
        if (!Files.isDirectory(logs)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(logs)) {
            files.sorted().forEach(file -> text.append("\n--- ")
                    .append(file.getFileName())
                    .append('\n')
                    .append(tail(file)));
        }
        return text.toString();
    }

    private static String tail(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }
}

package dev.fanfare.e2e.product;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
public final class Product implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int LOG_LINES = 40;

    private final Path home;
    private final Process process;
    private final Properties endpoints;
    private final Properties secrets;
    private final Collector collector;

    private Product(Path home, Process process, Properties endpoints, Properties secrets, Collector collector) {
        this.home = home;
        this.process = process;
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.collector = collector;
    }

    static Product start() {
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
            return new Product(home, process, read(endpoints), read(data.resolve("secrets.properties")), collector);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home, Path data, Collector collector) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfanfare.home=" + home,
                "-jar",
                jarIn(home).toString(),
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

    private static Path jarIn(Path home) {
        return home.resolve("deploy/standalone/target/standalone.jar");
    }

    /** The launcher, with its libraries in its manifest. */
    public Path jar() {
        return jarIn(home);
    }

    public URI gateway() {
        return URI.create(endpoints.getProperty("gateway.url"));
    }

    /** Where app clients connect. */
    public URI edge() {
        return URI.create(endpoints.getProperty("edge.url"));
    }

    /** What the push providers of this machine took. */
    public URI pushes() {
        return URI.create(endpoints.getProperty("pushes.url"));
    }

    public String kafkaBootstrapServers() {
        return endpoints.getProperty("kafka.bootstrap.servers");
    }

    /** A secret of this installation, by its name in {@code secrets.properties}. */
    public String secret(String name) {
        return secrets.getProperty(name);
    }

    /** What the services answer to Prometheus, one after the other. */
    public List<String> scrapes() {
        return Stream.of("gateway", "broadcast", "group-status", "template", "delivery")
                .map(service -> scrape(URI.create(endpoints.getProperty(service + ".url"))))
                .toList();
    }

    private static String scrape(URI service) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(
                            HttpRequest.newBuilder(service.resolve("/q/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
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

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
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Fanfare as its users see it: addresses, and what opens them. Who started it, and of what, does not matter; what can be
 * seen only of one that {@code fanfare up} started is in {@link StartedProduct}.
 */
public final class Product {

    private final Properties properties;

    Product(Properties properties) {
        this.properties = properties;
    }

    /** One that runs somewhere, as a file describes it: {@code README.md} has the properties. */
    static Product describedIn(Path file) {
        return new Product(read(file));
    }

    static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    public URI gateway() {
        return uri("gateway.url");
    }

    /** Where app clients connect. */
    public URI edge() {
        return uri("edge.url");
    }

    /** What the push providers of this installation took. */
    public URI pushes() {
        return uri("pushes.url");
    }

    public String kafkaBootstrapServers() {
        return property("kafka.bootstrap.servers");
    }

    /** Opens the admin API. */
    public String adminToken() {
        return property("admin.token");
    }

    /** A producer beside the gateway. */
    public Producer producer() {
        return new Producer(
                property("producer.id"),
                property("producer.secret"),
                property("producer.app.key"),
                property("producer.app.secret"));
    }

    /**
     * Another system that writes commands.
     *
     * @param id the services know it by this
     * @param secret signs its commands
     * @param appKey the only app for which it may speak
     * @param appSecret that app's
     */
    public record Producer(String id, String secret, String appKey, String appSecret) {}

    /** What the services answer to Prometheus, one after the other. */
    public List<String> scrapes() {
        return scrapes("text/plain");
    }

    /** The same in the format that has traces beside figures. */
    public List<String> scrapesWithExemplars() {
        return scrapes("application/openmetrics-text; version=1.0.0; charset=utf-8");
    }

    private List<String> scrapes(String format) {
        return Stream.of("gateway", "broadcast", "group-status", "template", "delivery")
                .map(service -> scrape(uri(service + ".url"), format))
                .toList();
    }

    private static String scrape(URI service, String format) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(
                            HttpRequest.newBuilder(service.resolve("/q/metrics"))
                                    .header("Accept", format)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String name) {
        return URI.create(property(name));
    }

    private String property(String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the installation does not say its " + name);
        }
        return value;
    }
}

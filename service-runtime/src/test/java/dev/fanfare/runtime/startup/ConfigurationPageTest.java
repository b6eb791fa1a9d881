package dev.fanfare.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of all configuration keys, and the list by which a service knows them, are made from the {@code @ConfigMapping}
 * types of all modules. {@value #HOW_TO_UPDATE} writes both anew.
 */
class ConfigurationPageTest {

    private static final String HOW_TO_UPDATE = "mvn -pl contracts,service-runtime,deploy/embedded,testing/testkit test"
            + " -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true";

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/operate/configuration.md");
    private static final Path LIST = Path.of("src/main/resources").resolve(KnownKeys.RESOURCE);

    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("service-runtime", "Every service");
        for (String service : List.of(
                "api-gateway", "broadcast-service", "group-status-service", "template-service", "delivery-service")) {
            TITLES.put(service, service);
        }
    }

    /** What is read without a mapping, and by whom. */
    private static final List<ConfigurationKey> OTHERS = List.of(
            new ConfigurationKey(
                    "service-runtime",
                    "fanfare.mode",
                    "standalone, cluster",
                    "cluster",
                    false,
                    "`standalone`: everything on one machine, to try it out, secrets that everybody knows are allowed."
                            + " `cluster`: for real, a service does not start with one"),
            new ConfigurationKey(
                    "service-runtime",
                    "fanfare.internal.key",
                    "secret",
                    "",
                    false,
                    "What services show each other on internal HTTP, the same for all. Needed by every service but"
                            + " template-service"),
            new ConfigurationKey(
                    "delivery-service",
                    "fanfare.recall.retention",
                    "duration",
                    "7d",
                    false,
                    "How long it is known that a message was recalled"),
            new ConfigurationKey(
                    "api-gateway",
                    "fanfare.directory.refresh",
                    "duration",
                    "2s",
                    false,
                    "How often a gateway reads the apps and the admin tokens again: how long a change at another gateway"
                            + " takes to be known here"),
            new ConfigurationKey(
                    "api-gateway",
                    "fanfare.users.sweep",
                    "duration",
                    "5s",
                    false,
                    "How often a gateway looks for users whom their topic does not know yet, because Kafka was away"),
            new ConfigurationKey(
                    "api-gateway",
                    "fanfare.broadcast.url",
                    "text",
                    "http://localhost:8081",
                    false,
                    "Where broadcast-service is"),
            new ConfigurationKey(
                    "api-gateway",
                    "fanfare.group-status.url",
                    "text",
                    "http://localhost:8082",
                    false,
                    "Where group-status-service is"),
            new ConfigurationKey(
                    "api-gateway",
                    "fanfare.delivery.url",
                    "text",
                    "http://localhost:8084",
                    false,
                    "Where delivery-service is, any node of it"),
            new ConfigurationKey(
                    "delivery-service",
                    "fanfare.node.host",
                    "text",
                    "localhost",
                    false,
                    "The host in the default of `fanfare.node.advertised-url`; from the environment only"));

    private static final String HEAD =
            """
            # Configuration

            Every key of Fanfare, made from the code. A service reads keys from `config/application.properties` in its working
            directory, and above that from the environment: `fanfare.edge.max-connections` is `FANFARE_EDGE_MAX_CONNECTIONS`.
            A part in angle brackets is a name that you choose; in a variable it can have letters, digits and underscores only.
            Durations are `500ms`, `10s`, `5m`, `12h`, `7d`; lists are separated by commas.

            At its start a service prints the configuration that it found, secrets as `***`. It does not start if a key is
            missing, has a value that cannot be read or is negative, or is not on this page, and says which in one line. Variables
            of other services are ignored, so that services may share an environment.

            The addresses of the neighbours are the framework's keys: `kafka.bootstrap.servers` (and Kafka's client
            configuration as `kafka.*`, for instance `kafka.security.protocol`), `quarkus.datasource.reactive.url`,
            `quarkus.datasource.jdbc.url` (migrations), `quarkus.datasource.username`, `quarkus.datasource.password`,
            `quarkus.redis.hosts`, `quarkus.redis.password`, `quarkus.http.port`. So are those of [traces](tracing.md),
            `quarkus.otel.*`.
            """;

    @Test
    void thePageTellsOfAllKeys() throws IOException {
        assertAgrees(PAGE, page(all()));
    }

    @Test
    void aServiceKnowsAllKeys() throws IOException {
        assertAgrees(LIST, list(all()));
    }

    @Test
    void nothingIsReadThatIsNotToldOf() throws IOException {
        // Given
        KnownKeys known = KnownKeys.read();

        // When
        Set<String> read = readWithoutMapping();

        // Then: one that is read as a map is known by its entries
        assertThat(read).contains("fanfare.mode").allSatisfy(name -> assertThat(
                        known.knows(name) || known.knows(name + ".k1"))
                .as(name)
                .isTrue());
    }

    private static List<ConfigurationKey> all() throws IOException {
        List<ConfigurationKey> keys = new ArrayList<>(OTHERS);
        for (String module : TITLES.keySet()) {
            keys.addAll(ConfigurationSources.of(ROOT, module));
        }
        return keys;
    }

    /** Keys in {@code @ConfigProperty}, in expressions and in the files of the services. */
    private static Set<String> readWithoutMapping() throws IOException {
        Set<String> names = new TreeSet<>();
        Pattern reads = Pattern.compile("@ConfigProperty\\(name = \"(fanfare\\.[^\"]+)\"|[$\"]\\{(fanfare\\.[a-z.-]+)");
        for (String module : TITLES.keySet()) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
                for (Path file : files.filter(ConfigurationPageTest::isText).toList()) {
                    reads.matcher(Files.readString(file))
                            .results()
                            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                            .forEach(names::add);
                }
            }
            ConfigurationSources.settings(ROOT, module).stringPropertyNames().stream()
                    .filter(name -> name.startsWith("fanfare."))
                    .forEach(names::add);
        }
        return names;
    }

    private static boolean isText(Path file) {
        return file.toString().endsWith(".java") || file.toString().endsWith(".properties");
    }

    private static String page(List<ConfigurationKey> keys) {
        StringBuilder page = new StringBuilder(HEAD);
        TITLES.forEach((module, title) -> {
            List<ConfigurationKey> own =
                    keys.stream().filter(key -> key.module().equals(module)).toList();
            if (!own.isEmpty()) {
                page.append("\n## ")
                        .append(title)
                        .append("\n\n| key | type | default | meaning |\n|---|---|---|---|\n");
                own.stream().map(ConfigurationPageTest::row).sorted().forEach(page::append);
            }
        });
        return page.toString();
    }

    private static String row(ConfigurationKey key) {
        String standard = key.required() ? "must be set" : standard(key);
        return "| `%s` | %s | %s | %s |\n".formatted(key.name(), key.type(), standard, key.meaning());
    }

    private static String standard(ConfigurationKey key) {
        return key.standard().isEmpty()
                ? ""
                : key.isSecret() ? "a known one, for `standalone` only" : "`" + key.standard() + "`";
    }

    private static String list(List<ConfigurationKey> keys) {
        return keys.stream()
                .map(key -> key.name() + (key.isSecret() ? KnownKeys.SECRET : key.isAmount() ? KnownKeys.AMOUNT : ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static void assertAgrees(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as(
                        "%s is made from the code and no longer agrees with it; write it anew with: %s",
                        file, HOW_TO_UPDATE)
                .hasContent(expected);
    }
}

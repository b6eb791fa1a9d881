package dev.fanfare.manifests;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the sources say of a service.
 *
 * @param properties its own and those that the runtime gives to all
 * @param keys of {@code fanfare.*} that it knows
 */
record ServiceCode(String name, Map<String, String> properties, List<ConfigKey> keys, String pom) {

    static final List<String> NAMES =
            List.of("api-gateway", "broadcast-service", "group-status-service", "template-service", "delivery-service");

    private static final Map<String, ServiceCode> READ = new ConcurrentHashMap<>();
    private static final Path RUNTIME = Repository.ROOT.resolve("service-runtime/src/main");
    private static final Pattern IMPORT = Pattern.compile("import dev\\.fanfare\\.runtime\\.(\\w+)\\.");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(fanfare\\.[^:}]+):([^}]*)}");
    private static final String EVERYWHERE = "startup";

    static ServiceCode of(String name) {
        return READ.computeIfAbsent(name, ServiceCode::read);
    }

    private static ServiceCode read(String name) {
        Path module = Repository.ROOT.resolve(name);
        List<Path> sources = Repository.javaFiles(module.resolve("src/main/java"));
        Map<String, String> properties =
                new TreeMap<>(properties(RUNTIME.resolve("resources/META-INF/microprofile-config.properties")));
        properties.putAll(properties(module.resolve("src/main/resources/application.properties")));

        List<Path> asking = new ArrayList<>(sources);
        for (String used : packagesOfTheRuntime(sources)) {
            asking.addAll(Repository.javaFiles(RUNTIME.resolve("java/dev/fanfare/runtime/" + used)));
        }
        List<ConfigKey> keys = new ArrayList<>(ConfigSources.keys(asking));
        properties.forEach((key, value) -> keys.add(new ConfigKey(key, false, Optional.of(value))));
        keys.removeIf(key -> !key.name().startsWith("fanfare."));
        keys.addAll(namedInValues(keys));
        return new ServiceCode(name, properties, keys, Repository.read(module.resolve("pom.xml")));
    }

    /** A default can stand on another key: {@code http://${fanfare.node.host:localhost}}. */
    private static List<ConfigKey> namedInValues(List<ConfigKey> keys) {
        return keys.stream()
                .flatMap(key -> key.byDefault().stream())
                .flatMap(value -> EXPRESSION.matcher(value).results())
                .map(named -> new ConfigKey(named.group(1), false, Optional.of(named.group(2))))
                .toList();
    }

    private static Set<String> packagesOfTheRuntime(List<Path> sources) {
        Set<String> packages = sources.stream()
                .flatMap(file -> IMPORT.matcher(Repository.read(file)).results())
                .map(used -> used.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        packages.add(EVERYWHERE);
        return packages;
    }

    private static Map<String, String> properties(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Repository.read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        return map;
    }

    int port() {
        return Integer.parseInt(properties.get("quarkus.http.port"));
    }

    boolean usesPostgres() {
        return properties.containsKey("quarkus.datasource.db-kind");
    }

    boolean usesRedis() {
        return pom.contains("<artifactId>quarkus-redis-client</artifactId>");
    }

    /** Whether its nodes call each other. */
    boolean callsItself() {
        return keys.stream().anyMatch(key -> key.name().equals("fanfare.node.advertised-url"));
    }

    /** Keys with the address of another service. */
    Set<String> urlsOfOthers() {
        return properties.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("fanfare."))
                .filter(entry -> entry.getValue().contains("://localhost"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the service does not start with unless it is told. */
    Set<String> required() {
        return keys.stream()
                .filter(ConfigKey::required)
                .map(ConfigKey::name)
                .filter(key -> !properties.containsKey(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value that a key has by default. */
    String byDefault(String key) {
        return keys.stream()
                .filter(known -> known.name().equals(key))
                .flatMap(known -> known.byDefault().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no default for " + key));
    }

    /** The consumer groups that it is a member of. */
    Set<String> consumerGroups() {
        return properties.entrySet().stream()
                .filter(entry -> entry.getKey().matches("mp\\.messaging\\.incoming\\.[^.]+\\.group\\.id"))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

package dev.fanfare.runtime.startup;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Says with which configuration the service starts, secrets left out, and refuses to start with a key that Fanfare does not
 * know, with a negative number or duration, or with a secret that everybody knows unless this is standalone mode. Runs
 * before anything else in the service. (A key that is missing, or whose value cannot be read, is found by Quarkus even
 * earlier, and named in the same way.)
 */
@ApplicationScoped
public class StartupGuard {

    private static final Logger LOGGER = Logger.getLogger(StartupGuard.class);

    /** The framework's keys of what the service reaches and where it is reached. */
    private static final Set<String> ADDRESSES = Set.of(
            "kafka.bootstrap.servers",
            "quarkus.http.host",
            "quarkus.http.port",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.reactive.url",
            "quarkus.redis.hosts",
            "quarkus.redis.password",
            "quarkus.otel.sdk.disabled",
            "quarkus.otel.traces.sampler.arg",
            "quarkus.otel.exporter.otlp.endpoint");

    private final Config config;
    private final Mode mode;
    private final KnownKeys keys = KnownKeys.read();

    public StartupGuard(Config config, @ConfigProperty(name = "fanfare.mode") Mode mode) {
        this.config = config;
        this.mode = mode;
    }

    void onStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        SortedMap<String, String> resolved = resolved(config, keys);
        LOGGER.infof("configuration:%n%s", shown(resolved, keys));
        check(mode, resolved, keys);
    }

    /** Fanfare's properties and the addresses of its neighbours, from files and from the environment. */
    static SortedMap<String, String> resolved(Config config, KnownKeys keys) {
        Set<String> names = new HashSet<>();
        config.getPropertyNames().forEach(names::add);
        SortedMap<String, String> resolved = new TreeMap<>();
        for (String name : names) {
            String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
            // The framework also lists each variable in dots (fanfare.edge.max.connections), which nobody wrote.
            boolean guessed =
                    KnownKeys.isProperty(name) && !keys.knows(name) && names.contains(KnownKeys.variable(name));
            if (KnownKeys.isOurs(name) && !guessed || ADDRESSES.contains(dotted)) {
                config.getOptionalValue(name, String.class).ifPresent(value -> resolved.put(name, value));
            }
        }
        return resolved;
    }

    /** A line for each key. */
    static String shown(SortedMap<String, String> resolved, KnownKeys keys) {
        return resolved.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + "=" + shown(entry.getKey(), entry.getValue(), keys))
                .collect(Collectors.joining("\n"));
    }

    private static String shown(String name, String value, KnownKeys keys) {
        // What is not known may be a secret under a name with a typing error.
        boolean secret =
                KnownKeys.isOurs(name) ? !keys.knows(name) || keys.isSecret(name) : KnownSecrets.isSecretName(name);
        return secret ? "***" : KnownSecrets.withoutPasswords(value);
    }

    static void check(Mode mode, SortedMap<String, String> resolved, KnownKeys keys) {
        resolved.forEach((name, value) -> {
            if (KnownKeys.isOurs(name) && !keys.knows(name)) {
                throw new ConfigurationException(
                        name + " is not a key of Fanfare: a typing error? All keys: docs/operate/configuration.md",
                        Set.of(name));
            }
            if (keys.isAmount(name) && value.strip().startsWith("-")) {
                throw new ConfigurationException(
                        name + " is " + value.strip() + ": it must not be negative", Set.of(name));
            }
            if (mode == Mode.CLUSTER && KnownSecrets.isKnown(value)) {
                throw new ConfigurationException(
                        name + " has a value that everybody knows. Set a secret of your own, or run with"
                                + " fanfare.mode=standalone on a machine that nobody else reaches.",
                        Set.of(name));
            }
        });
    }

    /** How Fanfare runs. */
    public enum Mode {
        /** Everything on one machine, to try it out: demo credentials are allowed. */
        STANDALONE,
        /** For real: no known secret is accepted. */
        CLUSTER
    }
}

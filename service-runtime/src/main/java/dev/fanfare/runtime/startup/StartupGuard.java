package dev.fanfare.runtime.startup;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Says with which configuration the service starts, secrets left out, and refuses to start with a secret that everybody
 * knows unless this is standalone mode. Runs before anything else in the service.
 */
@ApplicationScoped
public class StartupGuard {

    private static final Logger LOGGER = Logger.getLogger(StartupGuard.class);
    private static final String OURS = "fanfare.";
    private static final String DATABASE = "quarkus.datasource.";

    private final Config config;
    private final Mode mode;

    public StartupGuard(Config config, @ConfigProperty(name = "fanfare.mode") Mode mode) {
        this.config = config;
        this.mode = mode;
    }

    void onStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        SortedMap<String, String> resolved = resolved(config);
        resolved.forEach(
                (name, value) -> LOGGER.infof("config %s=%s", name, KnownSecrets.isSecretName(name) ? "***" : value));
        check(mode, resolved);
    }

    /** Fanfare's properties and the database's, from files and from the environment. */
    static SortedMap<String, String> resolved(Config config) {
        SortedMap<String, String> resolved = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (dotted.startsWith(OURS) || (dotted.startsWith(DATABASE) && KnownSecrets.isSecretName(name))) {
                config.getOptionalValue(name, String.class).ifPresent(value -> resolved.put(name, value));
            }
        }
        return resolved;
    }

    static void check(Mode mode, SortedMap<String, String> resolved) {
        if (mode == Mode.STANDALONE) {
            return;
        }
        resolved.forEach((name, value) -> {
            if (KnownSecrets.isKnown(value)) {
                throw new IllegalStateException(name + " has a value that everybody knows. Set a secret of your own, or"
                        + " run with fanfare.mode=standalone on a machine that nobody else reaches.");
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

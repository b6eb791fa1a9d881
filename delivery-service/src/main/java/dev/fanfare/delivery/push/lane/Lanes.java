package dev.fanfare.delivery.push.lane;

import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushConfig;
import dev.fanfare.delivery.push.PushMetrics;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import dev.fanfare.delivery.push.credential.Credential;
import dev.fanfare.delivery.push.credential.CredentialKey;
import dev.fanfare.delivery.push.credential.Credentials;
import dev.fanfare.delivery.push.credential.Providers;
import dev.fanfare.delivery.push.retry.RetryLevel;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The lanes of this node, each opened when its first push comes, and closed when its credential is changed or taken away,
 * which is seen after {@code fanfare.push.credential-refresh} at the latest. Thread-safe.
 */
@ApplicationScoped
public class Lanes {

    private static final Logger LOGGER = Logger.getLogger(Lanes.class);

    private final Credentials credentials;
    private final Providers providers;
    private final PushConfig config;
    private final Vertx vertx;
    private final Map<String, LaneMetrics> metrics;
    private final Map<CredentialKey, Open> open = new ConcurrentHashMap<>();

    Lanes(Credentials credentials, Providers providers, PushConfig config, Vertx vertx, MeterRegistry registry) {
        this.credentials = credentials;
        this.providers = providers;
        this.config = config;
        this.vertx = vertx;
        this.metrics = providers.names().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> new LaneMetrics(registry, name)));
        for (RetryLevel level : RetryLevel.values()) {
            registry.counter(PushMetrics.RETRIES, PushMetrics.LEVEL, level.name());
        }
    }

    /** @param since which credential it is of */
    private record Open(Lane lane, Instant since) {}

    /** Opens those that are not open and could be. One round trip, if any. */
    public Uni<Void> open(Set<CredentialKey> keys) {
        List<CredentialKey> unknown =
                keys.stream().filter(key -> !open.containsKey(key)).toList();
        return unknown.isEmpty()
                ? Uni.createFrom().voidItem()
                : credentials
                        .of(unknown)
                        // Whoever opens a sender may read keys.
                        .emitOn(Infrastructure.getDefaultExecutor())
                        .invoke(found -> found.forEach(this::open))
                        .replaceWithVoid();
    }

    private void open(Credential credential) {
        open.computeIfAbsent(credential.key(), key -> laneOf(credential)
                .map(lane -> new Open(lane, credential.updatedAt()))
                .orElse(null));
    }

    private Optional<Lane> laneOf(Credential credential) {
        CredentialKey key = credential.key();
        Optional<PushProvider> provider = providers.find(key.provider());
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        try {
            Context context = vertx.getOrCreateContext();
            Executor loop = task -> context.runOnContext(ignored -> task.run());
            return Optional.of(new Lane(
                    key.appKey() + "/" + key.provider(),
                    provider.get().open(credential.settings()),
                    config.lane(),
                    metrics.get(key.provider()),
                    loop,
                    System::nanoTime));
        } catch (InvalidCredentialException e) {
            LOGGER.errorf(
                    "the credential of app %s for %s cannot be used: %s", key.appKey(), key.provider(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * @param bulk whether it is one of very many, and goes when no other waits
     * @param ours asked just before the push goes out, on the lane's event loop
     * @return empty if there is no such credential, or no such provider; never fails
     */
    public Optional<Uni<LaneAnswer>> send(Push push, boolean bulk, BooleanSupplier ours) {
        CredentialKey key =
                new CredentialKey(push.device().appKey(), push.device().provider());
        return Optional.ofNullable(open.get(key)).map(found -> found.lane.send(push, bulk, ours));
    }

    @Scheduled(every = "${fanfare.push.credential-refresh:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        Set<CredentialKey> known = Set.copyOf(open.keySet());
        return known.isEmpty()
                ? Uni.createFrom().voidItem()
                : credentials
                        .timesOf(known)
                        .invoke(times -> known.forEach(key -> closeIfChanged(key, times.get(key))))
                        .onFailure()
                        .invoke(e -> LOGGER.debugf("whether credentials have changed is not known: %s", e))
                        .onFailure()
                        .recoverWithNull()
                        .replaceWithVoid();
    }

    private void closeIfChanged(CredentialKey key, Instant now) {
        Open found = open.get(key);
        if (found != null && !found.since.equals(now) && open.remove(key, found)) {
            found.lane.close();
        }
    }

    @PreDestroy
    void close() {
        open.values().forEach(found -> found.lane.close());
    }
}

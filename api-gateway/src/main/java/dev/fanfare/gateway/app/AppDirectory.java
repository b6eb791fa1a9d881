package dev.fanfare.gateway.app;

import dev.fanfare.gateway.UnavailableException;
import dev.fanfare.gateway.app.AppRepository.Creation;
import dev.fanfare.gateway.audit.Act;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * All apps, in memory: no request waits for PostgreSQL to learn who calls. Read again every
 * {@code fanfare.directory.refresh} (2 s), so gateways agree after that time at most; while PostgreSQL is away the apps
 * that are known go on to work. Thread-safe, never blocks.
 */
@ApplicationScoped
public class AppDirectory {

    private static final Logger LOGGER = Logger.getLogger(AppDirectory.class);

    private final AppRepository repository;
    private final AppsConfig config;
    private final AppSettingsPublisher settings;
    private final AtomicLong readings = new AtomicLong();
    private volatile boolean configuredAreThere;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of(), 0, false);

    AppDirectory(AppRepository repository, AppsConfig config, AppSettingsPublisher settings) {
        this.repository = repository;
        this.config = config;
        this.settings = settings;
    }

    /** What is known about an app key. */
    public sealed interface Lookup {

        /** The app, as it was a moment ago. */
        record Found(App app) implements Lookup {}

        /** There is no such app. */
        record Unknown() implements Lookup {}

        /** Not known here, but it may have been created since PostgreSQL went away. */
        record Undecided() implements Lookup {}
    }

    public Lookup find(String appKey) {
        Snapshot now = snapshot;
        return lookup(now, now.apps().get(appKey));
    }

    /** By the AppId that it has on ZIM's API. */
    public Lookup findZim(String zimAppId) {
        Snapshot now = snapshot;
        return lookup(now, now.byZimAppId().get(zimAppId));
    }

    private static Lookup lookup(Snapshot now, App app) {
        if (app != null) {
            return new Lookup.Found(app);
        }
        return now.current() ? new Lookup.Unknown() : new Lookup.Undecided();
    }

    /** Whether the apps, those of the configuration among them, have been read at least once. */
    public boolean isLoaded() {
        return configuredAreThere && snapshot.loaded();
    }

    @Scheduled(every = "{fanfare.directory.refresh}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        Uni<Void> first = configuredAreThere ? Uni.createFrom().voidItem() : createConfigured();
        return first.flatMap(ignored -> reload())
                .onFailure(UnavailableException.class)
                .recoverWithItem(e -> noteAway(e));
    }

    /** Reads all apps now; after a change through this gateway, so that its caller can use it at once. */
    Uni<Void> reload() {
        return Uni.createFrom().deferred(() -> {
            long reading = readings.incrementAndGet();
            return repository.all().invoke(apps -> noteLoaded(reading, apps)).replaceWithVoid();
        });
    }

    private Uni<Void> createConfigured() {
        List<App> configured = config.apps().entrySet().stream()
                .map(entry -> app(entry.getKey(), entry.getValue()))
                .toList();
        return Multi.createFrom()
                .iterable(configured)
                .onItem()
                .transformToUniAndConcatenate(app -> repository
                        .create(app, Act.ofConfiguration("app.create", app.key()))
                        .invoke(creation -> noteCreation(app, creation)))
                .collect()
                .asList()
                .invoke(() -> configuredAreThere = true)
                .replaceWithVoid();
    }

    private static void noteCreation(App app, Creation creation) {
        switch (creation) {
            case DONE -> LOGGER.infof("app %s created from the configuration", app.key());
            case KEY_TAKEN -> LOGGER.debugf("app %s is there already", app.key());
            case ZIM_APP_ID_TAKEN -> LOGGER.warnf("app %s not created: another app has its ZIM AppId", app.key());
        }
    }

    private static App app(String key, AppsConfig.FirstApp first) {
        App.Zim zim = first.zimAppId()
                .flatMap(id -> first.zimServerSecret().map(secret -> new App.Zim(id, secret)))
                .orElse(null);
        return App.created(key, first.name().orElse(key), first.secret(), zim);
    }

    /** A reading that began earlier and ends later may lack what the other has found. */
    private synchronized void noteLoaded(long reading, List<App> apps) {
        Snapshot last = snapshot;
        if (reading < last.reading()) {
            return;
        }
        if (!last.current()) {
            LOGGER.infof("%d apps read", apps.size());
        }
        snapshot = Snapshot.of(apps, reading);
        settings.tell(apps);
    }

    private synchronized Void noteAway(Throwable e) {
        Snapshot last = snapshot;
        if (last.current() || !last.loaded()) {
            LOGGER.warnf(
                    "apps cannot be read, the %d known ones stay: %s",
                    last.apps().size(), e.getCause());
        }
        snapshot = new Snapshot(last.apps(), last.byZimAppId(), last.reading(), false);
        return null;
    }

    /**
     * @param reading that found them; 0 before the first
     * @param current whether the last attempt to read them succeeded
     */
    private record Snapshot(Map<String, App> apps, Map<String, App> byZimAppId, long reading, boolean current) {

        static Snapshot of(List<App> apps, long reading) {
            return new Snapshot(
                    apps.stream().collect(Collectors.toMap(App::key, Function.identity())),
                    apps.stream()
                            .filter(app -> app.zim() != null)
                            .collect(Collectors.toMap(app -> app.zim().appId(), Function.identity())),
                    reading,
                    true);
        }

        boolean loaded() {
            return reading > 0;
        }
    }
}

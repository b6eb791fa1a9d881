package dev.fanfare.gateway.app;

import dev.fanfare.gateway.UnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The apps in PostgreSQL. Every failure is an {@link UnavailableException} and comes within {@link #PATIENCE}. To be
 * called on a Vert.x context of the caller's own.
 */
@ApplicationScoped
class AppRepository {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Mutiny.SessionFactory sessions;
    private final Clock clock;

    AppRepository(Mutiny.SessionFactory sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    Uni<List<App>> all() {
        return inTransaction(session -> session.createSelectionQuery("from AppEntity order by key", AppEntity.class)
                .getResultList()
                .map(rows -> rows.stream().map(AppEntity::toApp).toList()));
    }

    Uni<Optional<App>> find(String key) {
        return inTransaction(session -> session.find(AppEntity.class, key)
                .map(row -> Optional.ofNullable(row).map(AppEntity::toApp)));
    }

    /** @return false: the key is taken, and nothing was changed */
    Uni<Boolean> createIfAbsent(App app) {
        return inTransaction(session -> session.find(AppEntity.class, app.key())
                .flatMap(present -> present != null
                        ? Uni.createFrom().item(false)
                        : session.persist(new AppEntity(app, clock.instant())).replaceWith(true)));
    }

    /** @return the app after the change; empty: there is none with this key */
    Uni<Optional<App>> change(String key, UnaryOperator<App> change) {
        return inTransaction(session -> session.find(AppEntity.class, key).map(row -> {
            if (row == null) {
                return Optional.empty();
            }
            App changed = change.apply(row.toApp());
            row.become(changed);
            return Optional.of(changed);
        }));
    }

    private <T> Uni<T> inTransaction(Function<Mutiny.Session, Uni<T>> work) {
        return sessions.withTransaction(work)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(e -> new UnavailableException("PostgreSQL", e));
    }
}

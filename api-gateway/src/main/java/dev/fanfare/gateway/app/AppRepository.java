package dev.fanfare.gateway.app;

import dev.fanfare.gateway.Database;
import dev.fanfare.gateway.audit.Act;
import dev.fanfare.gateway.audit.AuditLog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** The apps, in the {@link Database}, whose terms hold here. Each change is recorded with it. */
@ApplicationScoped
class AppRepository {

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    AppRepository(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<List<App>> all() {
        return database.inTransaction(
                session -> session.createSelectionQuery("from AppEntity order by key", AppEntity.class)
                        .getResultList()
                        .map(rows -> rows.stream().map(AppEntity::toApp).toList()));
    }

    Uni<Optional<App>> find(String key) {
        return database.inTransaction(session -> session.find(AppEntity.class, key)
                .map(row -> Optional.ofNullable(row).map(AppEntity::toApp)));
    }

    /** What became of a new app. */
    enum Creation {
        DONE,
        /** There is or was an app with this key; it is as it was. */
        KEY_TAKEN,
        /** Another app has this AppId of ZIM. */
        ZIM_APP_ID_TAKEN
    }

    Uni<Creation> create(App app, Act act) {
        return database.inTransaction(
                session -> session.find(AppEntity.class, app.key())
                        .flatMap(present -> present != null
                                ? Uni.createFrom().item(Creation.KEY_TAKEN)
                                : createUnderFreeKey(session, app, act)),
                Creation.KEY_TAKEN);
    }

    private Uni<Creation> createUnderFreeKey(Mutiny.Session session, App app, Act act) {
        return session.createSelectionQuery("select count(*) from AppEntity where zimAppId = :id", Long.class)
                .setParameter("id", app.zim() == null ? null : app.zim().appId())
                .getSingleResult()
                .flatMap(taken -> taken > 0
                        ? Uni.createFrom().item(Creation.ZIM_APP_ID_TAKEN)
                        : session.persist(new AppEntity(app, clock.instant()))
                                .chain(() -> audit.done(session, act))
                                .replaceWith(Creation.DONE));
    }

    /** What became of a change. */
    sealed interface Change {
        /** @param app as it is now */
        record Done(App app) implements Change {}

        /** There is no app with this key. */
        record NoSuchApp() implements Change {}

        /** Another app has the AppId of ZIM that this one was to get. Nothing was changed. */
        record ZimAppIdTaken() implements Change {}
    }

    /** One change after the other: none overwrites what another one changes at the same time. */
    Uni<Change> change(String key, UnaryOperator<App> change, Act act) {
        return database.inTransaction(
                session -> session.find(AppEntity.class, key, LockMode.PESSIMISTIC_WRITE)
                        .flatMap(row -> {
                            if (row == null) {
                                return Uni.createFrom().item(new Change.NoSuchApp());
                            }
                            row.become(change.apply(row.toApp()), clock.instant());
                            return audit.done(session, act).replaceWith(() -> new Change.Done(row.toApp()));
                        }),
                // The only thing that is to be unique and can change.
                new Change.ZimAppIdTaken());
    }
}

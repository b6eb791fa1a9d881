package dev.fanfare.gateway.audit;

import dev.fanfare.gateway.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Who did what by the admin API: a table that PostgreSQL refuses to change, in the {@link Database}, whose terms hold here.
 * An act on the gateway's own tables is recorded in its transaction, so that neither is there without the other. What
 * happens elsewhere is recorded as {@link #STARTED} before it, and with its outcome after it.
 */
@ApplicationScoped
public class AuditLog {

    public static final String DONE = "DONE";

    /** Whether it was done, an entry after this one says; there is none if the gateway died meanwhile. */
    public static final String STARTED = "STARTED";

    private final Database database;
    private final Clock clock;

    AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** As a part of the act's own transaction. */
    public Uni<Void> done(Mutiny.Session session, Act act) {
        return session.persist(new AuditEntity(act, DONE, clock.instant()));
    }

    /** Kept once the item is there. */
    public Uni<Void> write(Act act, String outcome) {
        return database.inTransaction(session -> session.persist(new AuditEntity(act, outcome, clock.instant())));
    }

    /**
     * What is asked for.
     *
     * @param app null: of all
     * @param actor null: of all
     * @param visible the apps that may be told about; empty: all there is
     */
    public record Filter(String app, String actor, Set<String> visible) {

        public Filter {
            app = app == null ? null : AuditEntity.name(app);
            actor = actor == null ? null : AuditEntity.name(actor);
        }

        private String conditions() {
            return (app == null ? "" : " and app = :app")
                    + (actor == null ? "" : " and actor = :actor")
                    + (visible.isEmpty() ? "" : " and app in :visible");
        }
    }

    /** The newest first, all of them older than the entry {@code before}. */
    public Uni<List<AuditEntry>> page(Filter filter, long before, int size) {
        return database.inTransaction(session -> {
            Mutiny.SelectionQuery<AuditEntity> query = session.createSelectionQuery(
                            "from AuditEntity where id < :before" + filter.conditions() + " order by id desc",
                            AuditEntity.class)
                    .setParameter("before", before)
                    .setMaxResults(size);
            if (filter.app() != null) {
                query.setParameter("app", filter.app());
            }
            if (filter.actor() != null) {
                query.setParameter("actor", filter.actor());
            }
            if (!filter.visible().isEmpty()) {
                query.setParameter("visible", filter.visible());
            }
            return query.getResultList()
                    .map(rows -> rows.stream().map(AuditEntity::toEntry).toList());
        });
    }
}

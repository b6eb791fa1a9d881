package dev.fanfare.gateway.admin;

import dev.fanfare.gateway.Database;
import dev.fanfare.gateway.audit.Act;
import dev.fanfare.gateway.audit.AuditLog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hibernate.LockMode;

/** The admin tokens, in the {@link Database}, whose terms hold here. Each change is recorded with it. */
@ApplicationScoped
class AdminTokenRepository {

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    AdminTokenRepository(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<List<AdminToken>> all() {
        return database.inTransaction(session -> session.createSelectionQuery(
                        "from AdminTokenEntity order by name", AdminTokenEntity.class)
                .getResultList()
                .map(rows -> rows.stream().map(AdminTokenEntity::toToken).toList()));
    }

    /** Whether it was; not if there is or was one with its name. */
    Uni<Boolean> create(AdminToken token, Act act) {
        return database.inTransaction(
                session -> session.find(AdminTokenEntity.class, token.admin().name())
                        .flatMap(present -> present != null
                                ? Uni.createFrom().item(false)
                                : session.persist(new AdminTokenEntity(token))
                                        .chain(() -> audit.done(session, act))
                                        .replaceWith(true)),
                false);
    }

    /** The token as it is now; empty if there is none with this name. One that was revoked before stays as it is. */
    Uni<Optional<AdminToken>> revoke(String name, Act act) {
        return database.inTransaction(session -> session.find(AdminTokenEntity.class, name, LockMode.PESSIMISTIC_WRITE)
                .flatMap(row -> row == null
                        ? Uni.createFrom().item(Optional.empty())
                        : audit.done(session, act).replaceWith(() -> Optional.of(row.revoke(clock.instant())))));
    }
}

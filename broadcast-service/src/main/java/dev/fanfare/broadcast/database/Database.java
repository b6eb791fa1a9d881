package dev.fanfare.broadcast.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny.SessionFactory;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * PostgreSQL, asked so that it answers in time: after that, and on any failure, {@link DatabaseAwayException}. Entities are
 * for what a person asks; what is done thousands of times is a statement.
 */
@ApplicationScoped
public class Database {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final SessionFactory sessions;
    private final Pool pool;
    private final Migration migration;

    Database(SessionFactory sessions, Pool pool, Migration migration) {
        this.sessions = sessions;
        this.pool = pool;
        this.migration = migration;
    }

    /** Call on a Vert.x context. */
    public <T> Uni<T> inSession(Function<StatelessSession, Uni<T>> work) {
        return inTime(() -> sessions.withStatelessTransaction(work), PATIENCE);
    }

    public Uni<RowSet<Row>> ask(String statement, Tuple arguments) {
        return ask(statement, arguments, PATIENCE);
    }

    /** For a statement that reads or changes a great deal. */
    public Uni<RowSet<Row>> ask(String statement, Tuple arguments, Duration patience) {
        return inTime(() -> pool.preparedQuery(statement).execute(arguments), patience);
    }

    private <T> Uni<T> inTime(Supplier<Uni<? extends T>> work, Duration patience) {
        return migration
                .done()
                .<T>chain(work)
                .ifNoItem()
                .after(patience)
                .fail()
                .onFailure()
                .transform(DatabaseAwayException::new);
    }
}

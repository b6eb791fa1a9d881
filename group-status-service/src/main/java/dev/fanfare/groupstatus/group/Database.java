package dev.fanfare.groupstatus.group;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny.SessionFactory;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.hibernate.reactive.mutiny.Mutiny.Transaction;

/** Sessions and transactions that answer in time: after that, and on any failure, {@link DatabaseAwayException}. */
@ApplicationScoped
class Database {

    private final SessionFactory sessions;
    private final GroupsConfig config;

    Database(SessionFactory sessions, GroupsConfig config) {
        this.sessions = sessions;
        this.config = config;
    }

    <T> Uni<T> read(Function<StatelessSession, Uni<T>> work) {
        return inTime(sessions.withStatelessSession(work));
    }

    <T> Uni<T> change(BiFunction<StatelessSession, Transaction, Uni<T>> work) {
        return inTime(sessions.withStatelessTransaction(work));
    }

    private <T> Uni<T> inTime(Uni<T> work) {
        return work.ifNoItem()
                .after(config.databasePatience())
                .fail()
                .onFailure()
                .transform(DatabaseAwayException::new);
    }
}

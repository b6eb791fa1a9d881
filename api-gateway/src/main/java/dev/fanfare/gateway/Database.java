package dev.fanfare.gateway;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;

/** PostgreSQL, which may be away. To be called on a Vert.x context of the caller's own. */
@ApplicationScoped
public class Database {

    private final Mutiny.SessionFactory sessions;

    Database(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Fails with an {@link UnavailableException} and within {@link Patience}. */
    public <T> Uni<T> inTransaction(Function<Mutiny.Session, Uni<T>> work) {
        return Patience.with("PostgreSQL", sessions.withTransaction(work));
    }

    /** The same for work that may find its place taken: then the item is {@code instead}, and nothing was changed. */
    public <T> Uni<T> inTransaction(Function<Mutiny.Session, Uni<T>> work, T instead) {
        return Patience.with(
                "PostgreSQL",
                sessions.withTransaction(work)
                        .onFailure(ConstraintViolationException.class)
                        .recoverWithItem(instead));
    }
}

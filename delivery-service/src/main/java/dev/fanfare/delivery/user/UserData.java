package dev.fanfare.delivery.user;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** All that PostgreSQL has of a user, for the day on which they want to be forgotten. */
@ApplicationScoped
class UserData {

    /** The inbox first: who stores a message waits for its row, and begins a new inbox after this. */
    private static final List<String> TABLES = List.of(
            "inbox",
            "inbox_message",
            "inbox_position",
            "device",
            "quiet_time",
            "push_sent",
            "push_dead_letter",
            "ledger_outcome");

    private final Pool postgres;

    UserData(Pool postgres) {
        this.postgres = postgres;
    }

    /** All of it goes, or nothing. What is sent to the user from now on is kept again. */
    Uni<Void> remove(String appKey, String userId) {
        Tuple user = Tuple.of(appKey, userId);
        return postgres.withTransaction(connection -> {
            Uni<Void> removed = Uni.createFrom().voidItem();
            for (String table : TABLES) {
                removed = removed.chain(() -> removeFrom(table, user, connection));
            }
            return removed;
        });
    }

    private static Uni<Void> removeFrom(String table, Tuple user, SqlConnection connection) {
        return connection
                .preparedQuery("delete from delivery." + table + " where app_key = $1 and user_id = $2")
                .execute(user)
                .replaceWithVoid();
    }
}

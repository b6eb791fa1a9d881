package dev.fanfare.broadcast.audience;

import dev.fanfare.broadcast.database.Database;
import dev.fanfare.contracts.command.AllUsersCommand;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Who a message is for, page by page in the order of the ids: each page is one read of an index from where the last one
 * ended, however large the audience. Users whom a command names by id are taken as they are named, known here or not:
 * one who is none costs nothing.
 */
@ApplicationScoped
public class Audience {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Database database;

    Audience(Database database) {
        this.database = database;
    }

    /**
     * @param audience null: all users of the app
     * @param after the user with whom the last page ended; empty for the first one
     * @return at most {@code limit} ids in order; fewer: there are no more
     */
    public Uni<List<String>> page(String appKey, AllUsersCommand.Audience audience, String after, int limit) {
        if (isNamed(audience)) {
            return Uni.createFrom()
                    .item(named(audience).tailSet(after, false).stream()
                            .limit(limit)
                            .toList());
        }
        AudienceQuery query = AudienceQuery.page(appKey, audience, after, limit);
        return database.ask(query.statement(), query.arguments()).map(Audience::userIds);
    }

    /** How many they are now. Takes a second for some millions. */
    public Uni<Long> count(String appKey, AllUsersCommand.Audience audience) {
        if (isNamed(audience)) {
            return Uni.createFrom().item((long) named(audience).size());
        }
        AudienceQuery query = AudienceQuery.count(appKey, audience);
        return database.ask(query.statement(), query.arguments(), LONG)
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static boolean isNamed(AllUsersCommand.Audience audience) {
        return audience != null && audience.userIds() != null;
    }

    private static TreeSet<String> named(AllUsersCommand.Audience audience) {
        return new TreeSet<>(audience.userIds());
    }

    private static List<String> userIds(RowSet<Row> rows) {
        List<String> userIds = new ArrayList<>(rows.size());
        rows.forEach(row -> userIds.add(row.getString(0)));
        return userIds;
    }
}

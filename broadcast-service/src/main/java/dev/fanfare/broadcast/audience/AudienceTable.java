package dev.fanfare.broadcast.audience;

import dev.fanfare.broadcast.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Changes the projection: one statement for a batch. A record that is not behind the one that was applied last changes
 * nothing, so whoever reads the topic again, the consumer after a crash or a rebuild beside it, does no harm.
 */
@ApplicationScoped
class AudienceTable {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** What a row of an older generation says of positions does not count: its topic may have been another. */
    private static final String APPLY =
            """
            insert into broadcast.audience as known (app_key, user_id, tags, version, removed, generation, position)
            select app_key, user_id, tags::text[], version, removed, (select current from broadcast.generation), position
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::boolean[], $6::bigint[])
              as t (app_key, user_id, tags, version, removed, position)
            order by app_key, user_id
            on conflict (app_key, user_id) do update set
              tags = case when excluded.version >= known.version or excluded.removed or known.removed
                then excluded.tags else known.tags end,
              version = case when excluded.version >= known.version or excluded.removed or known.removed
                then excluded.version else known.version end,
              removed = excluded.removed, generation = excluded.generation, position = excluded.position
            where excluded.generation > known.generation
              or (excluded.generation = known.generation and excluded.position > known.position)
            """;

    private static final String NEXT_GENERATION =
            "update broadcast.generation set current = current + 1 returning current";

    private static final String REMOVE_OLDER = "delete from broadcast.audience where generation < $1 or removed";

    private final Database database;

    AudienceTable(Database database) {
        this.database = database;
    }

    Uni<Void> apply(UserRecords records) {
        return apply(records.removed()).chain(() -> apply(records.changes()));
    }

    private Uni<Void> apply(List<UserChange> changes) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.ask(
                                APPLY,
                                Tuple.tuple()
                                        .addArrayOfString(texts(changes, UserChange::appKey))
                                        .addArrayOfString(texts(changes, UserChange::userId))
                                        .addArrayOfString(texts(changes, change -> literal(change.tags())))
                                        .addArrayOfLong(numbers(changes, UserChange::version))
                                        .addArrayOfBoolean(changes.stream()
                                                .map(UserChange::removed)
                                                .toArray(Boolean[]::new))
                                        .addArrayOfLong(numbers(changes, UserChange::position)))
                        .replaceWithVoid();
    }

    /** From now on whatever is applied is of this generation. */
    Uni<Long> nextGeneration() {
        return database.ask(NEXT_GENERATION, Tuple.tuple())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** @return how many went */
    Uni<Integer> removeOlderThan(long generation) {
        return database.ask(REMOVE_OLDER, Tuple.of(generation), LONG).map(rows -> rows.rowCount());
    }

    /** PostgreSQL's own form of an array, for there is no array of arrays of different lengths. */
    static String literal(List<String> tags) {
        return tags.stream()
                .map(tag -> '"' + tag.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String[] texts(List<UserChange> changes, Function<UserChange, String> column) {
        return changes.stream().map(column).toArray(String[]::new);
    }

    private static Long[] numbers(List<UserChange> changes, Function<UserChange, Long> column) {
        return changes.stream().map(column).toArray(Long[]::new);
    }
}

package dev.fanfare.gateway.user;

import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.gateway.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who may connect, in the {@link Database}, whose terms hold here. Each change gives its users a higher version: the time
 * of the gateway in ms, or one more than before, so that versions go on rising even after an older backup was restored.
 * A change of several users takes their rows in one order, so that two changes never wait for each other.
 */
@ApplicationScoped
class AccessRepository {

    private static final String CHANGE =
            """
            insert into gateway.user_access as held (app_key, user_id, tokens_invalid_before, blocked_until, version)
            select :app, named.id, :before, :until, :now from unnest(cast(:users as varchar[])) as named(id) order by named.id
            on conflict (app_key, user_id) do update set
            """;
    private static final String NEXT_VERSION = ", version = greatest(held.version + 1, excluded.version) returning *";
    private static final String EXPIRE =
            CHANGE + "tokens_invalid_before = greatest(held.tokens_invalid_before, excluded.tokens_invalid_before)"
                    + NEXT_VERSION;
    private static final String BLOCK = CHANGE + "blocked_until = excluded.blocked_until" + NEXT_VERSION;

    private static final String OF_USERS =
            "from UserAccessEntity a where a.id.appKey = :app and a.id.userId in (:users)";
    private static final String BLOCKED =
            """
            from UserAccessEntity a where a.id.appKey = :app and a.blockedUntil > :now
            order by a.blockedUntil desc, a.id.userId
            """;

    private final Database database;
    private final Clock clock;

    AccessRepository(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return what now holds */
    Uni<List<UserAccess>> expireTokens(String appKey, List<String> userIds, long before) {
        return change(EXPIRE, appKey, userIds, before, 0);
    }

    /**
     * @param until ms since 1970; 0: not blocked
     * @return what now holds
     */
    Uni<List<UserAccess>> block(String appKey, List<String> userIds, long until) {
        return change(BLOCK, appKey, userIds, 0, until);
    }

    private Uni<List<UserAccess>> change(String sql, String appKey, List<String> userIds, long before, long until) {
        return database.inTransaction(session -> session.createNativeQuery(sql, UserAccessEntity.class)
                .setParameter("app", appKey)
                .setParameter("users", userIds.toArray(String[]::new))
                .setParameter("before", before)
                .setParameter("until", until)
                .setParameter("now", clock.millis())
                .getResultList()
                .map(AccessRepository::records));
    }

    /** Those of the records' users who were changed since, as they are now. */
    Uni<List<UserAccess>> changedSince(String appKey, List<UserAccess> records) {
        Map<String, UserAccess> known =
                records.stream().collect(Collectors.toMap(UserAccess::userId, Function.identity()));
        return database.inTransaction(session -> session.createSelectionQuery(OF_USERS, UserAccessEntity.class)
                .setParameter("app", appKey)
                .setParameter("users", known.keySet())
                .getResultList()
                .map(rows -> records(rows).stream()
                        .filter(now -> now.version() > known.get(now.userId()).version())
                        .toList()));
    }

    Uni<List<BlockedUser>> blocked(String appKey, int first, int limit) {
        return database.inTransaction(session -> session.createSelectionQuery(BLOCKED, UserAccessEntity.class)
                .setParameter("app", appKey)
                .setParameter("now", clock.millis())
                .setFirstResult(first)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream().map(UserAccessEntity::toBlockedUser).toList()));
    }

    private static List<UserAccess> records(List<UserAccessEntity> rows) {
        return rows.stream().map(UserAccessEntity::toRecord).toList();
    }
}

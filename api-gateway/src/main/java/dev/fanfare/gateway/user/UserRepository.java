package dev.fanfare.gateway.user;

import dev.fanfare.gateway.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Users in the {@link Database}, whose terms hold here. Whatever changes what the topic says of a user raises their version:
 * the time of the gateway in ms, or one more than before, so that versions go on rising even after an older backup was
 * restored. Several rows are taken in one order, so that two changes never wait for each other.
 */
@ApplicationScoped
class UserRepository {

    private static final String REGISTER =
            """
            insert into gateway.app_user as held
              (app_key, user_id, name, portrait_uri, created_at, version, published_version)
            values (:app, :user, :name, :portrait, :now, :version, 0)
            on conflict (app_key, user_id) do update set name = excluded.name, portrait_uri = excluded.portrait_uri,
              created_at = case when held.removed then excluded.created_at else held.created_at end,
              version = case when held.removed then greatest(held.version + 1, excluded.version) else held.version end,
              removed = false
            returning *
            """;

    private static final String GIVEN =
            """
            unnest(cast(:users as varchar[]), cast(:names as varchar[]), cast(:portraits as varchar[]), cast(:extras as varchar[]))
              as given(user_id, name, portrait_uri, extra)
            """;
    private static final String REGISTER_NEW =
            """
            insert into gateway.app_user as held
              (app_key, user_id, name, portrait_uri, extra, created_at, version, published_version)
            select cast(:app as varchar), user_id, coalesce(name, ''), coalesce(portrait_uri, ''), coalesce(extra, ''),
              cast(:now as timestamptz), cast(:version as bigint), 0
            from
            """
                    + GIVEN
                    + """
                    order by user_id
                    on conflict (app_key, user_id) do update set name = excluded.name, portrait_uri = excluded.portrait_uri,
                      extra = excluded.extra, created_at = excluded.created_at,
                      version = greatest(held.version + 1, excluded.version), removed = false
                    where held.removed returning *
                    """;

    private static final String REFRESH =
            """
            update gateway.app_user
            set name = coalesce(cast(:name as varchar), name), portrait_uri = coalesce(cast(:portrait as varchar), portrait_uri)
            where app_key = :app and user_id = :user and not removed
            """;

    private static final String OF_USERS =
            " where app_key = :app and user_id = any(cast(:users as varchar[])) and not removed";
    private static final String LOCK =
            "select user_id from gateway.app_user" + OF_USERS + " order by user_id for update";
    private static final String TAG =
            """
            update gateway.app_user set tags = cast(:tags as varchar[]),
              version = case when tags = cast(:tags as varchar[]) then version else greatest(version + 1, :version) end
            """
                    + OF_USERS + " returning *";
    private static final String CHANGE =
            """
            update gateway.app_user as held set name = coalesce(given.name, held.name),
              portrait_uri = coalesce(given.portrait_uri, held.portrait_uri), extra = coalesce(given.extra, held.extra)
            from
            """
                    + GIVEN
                    + "where held.app_key = :app and held.user_id = given.user_id and not held.removed";
    private static final String TAGS = "select * from gateway.app_user" + OF_USERS;

    private static final String REMOVE =
            """
            update gateway.app_user set name = '', portrait_uri = '', extra = '', tags = '{}', removed = true,
              version = case when removed then version else greatest(version + 1, :version) end
            where app_key = :app and user_id = :user returning *
            """;

    private static final String WRITTEN =
            """
            with written as (
              select * from unnest(cast(:apps as varchar[]), cast(:users as varchar[]), cast(:versions as bigint[]))
                as given(app_key, user_id, version))
            """;
    private static final String CONFIRM = WRITTEN
            + """
            , held as (
              select app_key, user_id, written.version from gateway.app_user join written using (app_key, user_id)
              order by app_key, user_id for update of app_user)
            update gateway.app_user as row set published_version = greatest(row.published_version, held.version)
            from held where row.app_key = held.app_key and row.user_id = held.user_id returning row.*
            """;
    private static final String FORGET = WRITTEN
            + """
            delete from gateway.app_user as row using written
            where row.app_key = written.app_key and row.user_id = written.user_id
              and row.removed and row.published_version >= row.version
            """;

    private static final String UNPUBLISHED =
            """
            select * from gateway.app_user
            where published_version < version and version < :before order by version limit :limit
            """;

    private final Database database;
    private final Clock clock;

    UserRepository(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Uni<Registration> register(String appKey, String userId, String name, String portraitUri) {
        return database.inTransaction(session -> registrations(session.createNativeQuery(REGISTER, UserEntity.class)
                        .setParameter("app", appKey)
                        .setParameter("user", userId)
                        .setParameter("name", name)
                        .setParameter("portrait", portraitUri)
                        .setParameter("now", clock.instant())
                        .setParameter("version", clock.millis())))
                .map(rows -> rows.get(0));
    }

    /** @return those who were created; the others are there */
    Uni<List<Registration>> registerNew(String appKey, List<UserChange> users) {
        return database.inTransaction(
                session -> registrations(with(session.createNativeQuery(REGISTER_NEW, UserEntity.class), appKey, users)
                        .setParameter("now", clock.instant())
                        .setParameter("version", clock.millis())));
    }

    /** @return false: there is no such user */
    Uni<Boolean> refresh(String appKey, String userId, String name, String portraitUri) {
        return database.inTransaction(session -> session.createNativeQuery(REFRESH)
                .setParameter("app", appKey)
                .setParameter("user", userId)
                .setParameter("name", name)
                .setParameter("portrait", portraitUri)
                .executeUpdate()
                .map(changed -> changed > 0));
    }

    /** @return the ids of those who are there */
    Uni<Set<String>> change(String appKey, List<UserChange> users) {
        return database.inTransaction(session -> session.createNativeQuery(LOCK, String.class)
                .setParameter("app", appKey)
                .setParameter("users", users.stream().map(UserChange::userId).toArray(String[]::new))
                .getResultList()
                .call(() ->
                        with(session.createNativeQuery(CHANGE), appKey, users).executeUpdate())
                .map(Set::copyOf));
    }

    Uni<List<UserProfile>> find(String appKey, Collection<String> userIds) {
        return database.inTransaction(session -> session.createSelectionQuery(
                        "from UserEntity where id.appKey = :app and id.userId in (:users) and not removed",
                        UserEntity.class)
                .setParameter("app", appKey)
                .setParameter("users", userIds)
                .getResultList()
                .map(found -> found.stream().map(UserEntity::toProfile).toList()));
    }

    Uni<Optional<UserProfile>> find(String appKey, String userId) {
        return database.inTransaction(session -> session.find(UserEntity.class, new UserKey(appKey, userId))
                .map(user -> Optional.ofNullable(user)
                        .filter(found -> !found.isRemoved())
                        .map(UserEntity::toProfile)));
    }

    /** @return those users; fewer than asked for: one is unknown, and nothing was changed */
    Uni<List<Registration>> setTags(String appKey, List<String> userIds, List<String> tags) {
        String[] users = userIds.toArray(String[]::new);
        return database.inTransaction(session -> session.createNativeQuery(LOCK, String.class)
                .setParameter("app", appKey)
                .setParameter("users", users)
                .getResultList()
                .flatMap(known -> known.size() < users.length
                        ? Uni.createFrom().item(List.<Registration>of())
                        : registrations(session.createNativeQuery(TAG, UserEntity.class)
                                .setParameter("app", appKey)
                                .setParameter("users", users)
                                .setParameter("tags", tags.toArray(String[]::new))
                                .setParameter("version", clock.millis()))));
    }

    /** By user; users who are none are absent. */
    Uni<Map<String, List<String>>> tags(String appKey, List<String> userIds) {
        return database.inTransaction(session -> registrations(session.createNativeQuery(TAGS, UserEntity.class)
                        .setParameter("app", appKey)
                        .setParameter("users", userIds.toArray(String[]::new))))
                .map(users -> users.stream()
                        .collect(Collectors.toMap(found -> found.user().userId(), Registration::tags)));
    }

    /** Empty: there is nobody to remove. */
    Uni<Optional<Registration>> remove(String appKey, String userId) {
        return database.inTransaction(session -> registrations(session.createNativeQuery(REMOVE, UserEntity.class)
                        .setParameter("app", appKey)
                        .setParameter("user", userId)
                        .setParameter("version", clock.millis())))
                .map(rows -> rows.stream().findFirst());
    }

    /**
     * Notes that these were written to the topic.
     *
     * @return what must be written after them, for it changed meanwhile
     */
    Uni<List<Registration>> confirm(List<Registration> written) {
        return database.inTransaction(
                        session -> registrations(with(session.createNativeQuery(CONFIRM, UserEntity.class), written))
                                .call(() -> written.stream().anyMatch(Registration::removed)
                                        ? with(session.createNativeQuery(FORGET), written)
                                                .executeUpdate()
                                        : Uni.createFrom().voidItem()))
                .map(now -> changedSince(written, now));
    }

    private static List<Registration> changedSince(List<Registration> written, List<Registration> now) {
        Map<UserKey, Registration> held =
                now.stream().collect(Collectors.toMap(Registration::user, Function.identity()));
        List<Registration> changed = new ArrayList<>();
        for (Registration record : written) {
            Registration row = held.get(record.user());
            if (row != null && row.version() > record.version()) {
                changed.add(row);
            } else if (row == null && !record.removed()) {
                changed.add(record.gone());
            }
        }
        return changed;
    }

    /** Those that are in the topic in no or an older version although they have been changed so long ago; the oldest first. */
    Uni<List<Registration>> unpublished(Duration since, int limit) {
        return database.inTransaction(session -> registrations(session.createNativeQuery(UNPUBLISHED, UserEntity.class)
                .setParameter("before", clock.millis() - since.toMillis())
                .setParameter("limit", limit)));
    }

    private static <Q extends Mutiny.AbstractQuery> Q with(Q query, String appKey, List<UserChange> users) {
        query.setParameter("app", appKey);
        query.setParameter("users", column(users, UserChange::userId));
        query.setParameter("names", column(users, UserChange::name));
        query.setParameter("portraits", column(users, UserChange::portraitUri));
        query.setParameter("extras", column(users, UserChange::extra));
        return query;
    }

    private static String[] column(List<UserChange> users, Function<UserChange, String> field) {
        return users.stream().map(field).toArray(String[]::new);
    }

    private static <Q extends Mutiny.AbstractQuery> Q with(Q query, List<Registration> written) {
        query.setParameter(
                "apps", written.stream().map(user -> user.user().appKey()).toArray(String[]::new));
        query.setParameter(
                "users", written.stream().map(user -> user.user().userId()).toArray(String[]::new));
        query.setParameter(
                "versions", written.stream().map(Registration::version).toArray(Long[]::new));
        return query;
    }

    private static Uni<List<Registration>> registrations(Mutiny.SelectionQuery<UserEntity> query) {
        return query.getResultList()
                .map(rows -> rows.stream().map(UserEntity::toRegistration).toList());
    }
}

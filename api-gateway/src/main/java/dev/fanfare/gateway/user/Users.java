package dev.fanfare.gateway.user;

import dev.fanfare.gateway.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.SelectionQuery;

/** The users of all apps, in the {@link Database}, whose terms hold here. */
@ApplicationScoped
public class Users {

    private static final String UPSERT =
            """
            insert into gateway.app_user (app_key, user_id, name, portrait_uri, created_at)
            values (:app, :user, :name, :portrait, :now)
            on conflict (app_key, user_id) do update set name = excluded.name, portrait_uri = excluded.portrait_uri
            """;

    /** In the order of the ids, so that two batches never wait for each other's users. */
    private static final String INSERT_NEW =
            """
            insert into gateway.app_user (app_key, user_id, name, portrait_uri, extra, created_at)
            select :app, user_id, coalesce(name, ''), coalesce(portrait, ''), coalesce(extra, ''), :now
            from unnest(cast(:users as text[]), cast(:names as text[]), cast(:portraits as text[]), cast(:extras as text[]))
                as given (user_id, name, portrait, extra)
            order by user_id
            on conflict do nothing
            returning user_id
            """;

    private static final String CHANGE =
            """
            with found as (
                select user_id from gateway.app_user where app_key = :app and user_id = any(cast(:users as text[]))
                order by user_id for update
            )
            update gateway.app_user as present set
                name = coalesce(given.name, present.name),
                portrait_uri = coalesce(given.portrait, present.portrait_uri),
                extra = coalesce(given.extra, present.extra)
            from found
                join unnest(cast(:users as text[]), cast(:names as text[]), cast(:portraits as text[]), cast(:extras as text[]))
                as given (user_id, name, portrait, extra) on given.user_id = found.user_id
            where present.app_key = :app and present.user_id = found.user_id
            returning present.user_id
            """;

    private final Database database;
    private final Clock clock;

    Users(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Creates the user, or gives them this name and portrait. */
    public Uni<Void> register(String appKey, String userId, String name, String portraitUri) {
        return database.inTransaction(session -> session.createNativeQuery(UPSERT)
                .setParameter("app", appKey)
                .setParameter("user", userId)
                .setParameter("name", name)
                .setParameter("portrait", portraitUri)
                .setParameter("now", clock.instant())
                .executeUpdate()
                .replaceWithVoid());
    }

    /**
     * Changes what is not null.
     *
     * @return false: there is no such user
     */
    public Uni<Boolean> refresh(String appKey, String userId, String name, String portraitUri) {
        return database.inTransaction(session -> session.find(UserEntity.class, new UserKey(appKey, userId))
                .map(user -> {
                    if (user == null) {
                        return false;
                    }
                    user.become(name, portraitUri);
                    return true;
                }));
    }

    /**
     * Creates those of these users who are not there; the others stay as they are. No user may be among them twice.
     *
     * @return the ids of those who were created
     */
    public Uni<Set<String>> register(String appKey, List<UserChange> users) {
        return database.inTransaction(session -> batch(
                session.createNativeQuery(INSERT_NEW, String.class).setParameter("now", clock.instant()),
                appKey,
                users));
    }

    /**
     * Changes what is not null of those of these users who are there. No user may be among them twice.
     *
     * @return the ids of those who are there
     */
    public Uni<Set<String>> change(String appKey, List<UserChange> users) {
        return database.inTransaction(session -> batch(session.createNativeQuery(CHANGE, String.class), appKey, users));
    }

    private static Uni<Set<String>> batch(SelectionQuery<String> query, String appKey, List<UserChange> users) {
        return query.setParameter("app", appKey)
                .setParameter("users", column(users, UserChange::userId))
                .setParameter("names", column(users, UserChange::name))
                .setParameter("portraits", column(users, UserChange::portraitUri))
                .setParameter("extras", column(users, UserChange::extra))
                .getResultList()
                .map(Set::copyOf);
    }

    private static String[] column(List<UserChange> users, Function<UserChange, String> field) {
        return users.stream().map(field).toArray(String[]::new);
    }

    /** Those of these users who are there, by their ids. */
    public Uni<Map<String, UserProfile>> find(String appKey, Collection<String> userIds) {
        return database.inTransaction(session -> session.createSelectionQuery(
                        "from UserEntity where id.appKey = :app and id.userId in (:users)", UserEntity.class)
                .setParameter("app", appKey)
                .setParameter("users", userIds)
                .getResultList()
                .map(found -> found.stream()
                        .map(UserEntity::toProfile)
                        .collect(Collectors.toMap(UserProfile::userId, Function.identity()))));
    }

    public Uni<Optional<UserProfile>> find(String appKey, String userId) {
        return database.inTransaction(session -> session.find(UserEntity.class, new UserKey(appKey, userId))
                .map(user -> Optional.ofNullable(user).map(UserEntity::toProfile)));
    }
}

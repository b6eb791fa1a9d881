package dev.fanfare.gateway.user;

import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.gateway.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The users of all apps, in the {@link Database}, whose terms hold here. */
@ApplicationScoped
public class Users {

    private static final String UPSERT =
            """
            insert into gateway.app_user (app_key, user_id, name, portrait_uri, created_at, tokens_invalid_before)
            values (:app, :user, :name, :portrait, :now, 0)
            on conflict (app_key, user_id) do update set name = excluded.name, portrait_uri = excluded.portrait_uri
            """;

    private static final String OF_APP = "from UserEntity u where u.id.appKey = :app and u.id.userId in (:users)";

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

    public Uni<Optional<UserProfile>> find(String appKey, String userId) {
        return database.inTransaction(session -> session.find(UserEntity.class, new UserKey(appKey, userId))
                .map(user -> Optional.ofNullable(user).map(UserEntity::toProfile)));
    }

    /**
     * Makes the tokens that these users got before {@code time} (ms) worthless. It never makes an old token good again. A
     * user who has never got a token is answered for, but not created.
     *
     * @return what now holds, in the order of {@code userIds}
     */
    public Uni<List<UserAccess>> invalidateTokens(String appKey, List<String> userIds, long time) {
        return database.inTransaction(session -> session.createSelectionQuery(OF_APP, UserEntity.class)
                .setParameter("app", appKey)
                .setParameter("users", userIds)
                .getResultList()
                .map(users -> {
                    users.forEach(user -> user.invalidateTokensBefore(time));
                    Map<String, Long> effective = users.stream()
                            .collect(Collectors.toMap(UserEntity::userId, UserEntity::tokensInvalidBefore));
                    return userIds.stream()
                            .map(user -> new UserAccess(appKey, user, effective.getOrDefault(user, time)))
                            .toList();
                }));
    }
}

package dev.fanfare.gateway.user;

import dev.fanfare.gateway.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** The users of all apps, in the {@link Database}, whose terms hold here. */
@ApplicationScoped
public class Users {

    private static final String UPSERT =
            """
            insert into gateway.app_user (app_key, user_id, name, portrait_uri, created_at)
            values (:app, :user, :name, :portrait, :now)
            on conflict (app_key, user_id) do update set name = excluded.name, portrait_uri = excluded.portrait_uri
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

    public Uni<Optional<UserProfile>> find(String appKey, String userId) {
        return database.inTransaction(session -> session.find(UserEntity.class, new UserKey(appKey, userId))
                .map(user -> Optional.ofNullable(user).map(UserEntity::toProfile)));
    }
}

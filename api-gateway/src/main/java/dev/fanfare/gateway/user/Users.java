package dev.fanfare.gateway.user;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The users of all apps. A change is stored when its item comes, and within moments in {@code fanfare.user.registered.v1}
 * too, from where the audience of messages to all users is made; while Kafka is away that waits, and nobody fails for it.
 * Fails with an {@link dev.fanfare.gateway.UnavailableException} when PostgreSQL does not answer. To be called on a Vert.x
 * context of the caller's own.
 */
@ApplicationScoped
public class Users {

    private final UserRepository repository;
    private final Registrations registrations;

    Users(UserRepository repository, Registrations registrations) {
        this.repository = repository;
        this.registrations = registrations;
    }

    /** Creates the user, or gives them this name and portrait. */
    public Uni<Void> register(String appKey, String userId, String name, String portraitUri) {
        return repository
                .register(appKey, userId, name, portraitUri)
                .flatMap(user -> registrations.tell(List.of(user)));
    }

    /**
     * Creates those of these users who are not there; the others stay as they are.
     *
     * @param users each once
     * @return the ids of those who were created
     */
    public Uni<Set<String>> registerNew(String appKey, List<UserChange> users) {
        return repository.registerNew(appKey, users).flatMap(created -> registrations
                .tell(created)
                .replaceWith(
                        () -> created.stream().map(user -> user.user().userId()).collect(Collectors.toSet())));
    }

    /**
     * Changes what is not null.
     *
     * @return false: there is no such user
     */
    public Uni<Boolean> refresh(String appKey, String userId, String name, String portraitUri) {
        return repository.refresh(appKey, userId, name, portraitUri);
    }

    /**
     * Changes what is not null of those of these users who are there.
     *
     * @param users each once
     * @return the ids of those who are there
     */
    public Uni<Set<String>> change(String appKey, List<UserChange> users) {
        return repository.change(appKey, users);
    }

    /** Those of these users who are there, by their ids. */
    public Uni<Map<String, UserProfile>> find(String appKey, Collection<String> userIds) {
        return repository.find(appKey, userIds).map(found -> found.stream()
                .collect(Collectors.toMap(UserProfile::userId, Function.identity())));
    }

    public Uni<Optional<UserProfile>> find(String appKey, String userId) {
        return repository.find(appKey, userId);
    }

    /**
     * Gives each of these users these tags instead of theirs.
     *
     * @param userIds each once
     * @return false: one of them is no user, and nothing was changed
     */
    public Uni<Boolean> setTags(String appKey, List<String> userIds, List<String> tags) {
        return repository
                .setTags(appKey, userIds, tags)
                .flatMap(users -> registrations.tell(users).replaceWith(users.size() == userIds.size()));
    }

    /** By user, in the order of the question; who is no user has none. */
    public Uni<Map<String, List<String>>> tags(String appKey, List<String> userIds) {
        return repository.tags(appKey, userIds).map(found -> {
            Map<String, List<String>> ordered = new LinkedHashMap<>();
            userIds.forEach(user -> ordered.put(user, found.getOrDefault(user, List.of())));
            return ordered;
        });
    }

    /** Forgets name, portrait and tags; from then on the user is none. Who is none is fine. */
    public Uni<Void> remove(String appKey, String userId) {
        return repository
                .remove(appKey, userId)
                .flatMap(user -> registrations.tell(user.stream().toList()));
    }
}

package dev.fanfare.gateway.user;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fanfare.contracts.Limits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Under which names users send, for the titles of pushes. A push without a title is better than a message that waits:
 * never fails, and PostgreSQL is asked once per sender and minute, and half a second is waited for it. A new name is used within a
 * minute; the vendor says five. Called on a Vert.x context of the call's own.
 */
@ApplicationScoped
public class SenderNames {

    private static final Logger LOGGER = Logger.getLogger(SenderNames.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final long MAX_SENDERS = 100_000;

    private final Users users;

    private final AsyncCache<UserKey, Optional<String>> names = Caffeine.newBuilder()
            .maximumSize(MAX_SENDERS)
            .expireAfterWrite(MEMORY)
            .buildAsync();

    SenderNames(Users users) {
        this.users = users;
    }

    /** Empty where the user has no name, never got a token, or the name cannot be found out now. */
    public Uni<Optional<String>> nameOf(String appKey, String userId) {
        UserKey sender = new UserKey(appKey, userId);
        // A copy: who gives up waiting must not break off the question, which others wait for and which ends by itself.
        return Uni.createFrom()
                .completionStage(
                        () -> names.get(sender, (key, executor) -> ask(key)).copy())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(Optional::empty);
    }

    private CompletableFuture<Optional<String>> ask(UserKey sender) {
        return users.find(sender.appKey(), sender.userId())
                .map(user -> user.map(UserProfile::name).map(SenderNames::cut).filter(name -> !name.isBlank()))
                .onFailure()
                .recoverWithItem(e -> noName(sender, e))
                .subscribeAsCompletionStage();
    }

    /** ZIM's API allows longer names than a command may have. */
    private static String cut(String name) {
        if (name.length() <= Limits.NAME_CHARS) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(Limits.NAME_CHARS - 1))
                ? Limits.NAME_CHARS - 1
                : Limits.NAME_CHARS;
        return name.substring(0, end);
    }

    /** Remembered as well: a database that is away must not cost every message its patience. */
    private static Optional<String> noName(UserKey sender, Throwable e) {
        LOGGER.warnf("a push goes without a title: appKey=%s userId=%s: %s", sender.appKey(), sender.userId(), e);
        return Optional.empty();
    }
}

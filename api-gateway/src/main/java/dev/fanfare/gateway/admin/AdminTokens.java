package dev.fanfare.gateway.admin;

import dev.fanfare.gateway.UnavailableException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All admin tokens, in memory: no call waits for PostgreSQL to learn who calls. Read again every
 * {@code fanfare.directory.refresh} (2 s), so a new token works, and a revoked one ends, on every gateway after that time at
 * most. While PostgreSQL is away the known ones go on to work, until they expire. Thread-safe, never blocks.
 */
@ApplicationScoped
class AdminTokens {

    private final AdminTokenRepository repository;
    private final Clock clock;
    private final AtomicLong readings = new AtomicLong();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), 0, false);

    AdminTokens(AdminTokenRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** @param current whether the last attempt to read them succeeded */
    private record Snapshot(Map<String, AdminToken> byHash, long reading, boolean current) {}

    /** What is known about a text that was presented as a token. */
    sealed interface Lookup {

        /** A good token. */
        record Known(Admin admin) implements Lookup {}

        /** It was a token. @param why for its owner */
        record Ended(String why) implements Lookup {}

        /** There is no such token. */
        record Unknown() implements Lookup {}

        /** Not known here, but it may have been made since PostgreSQL went away. */
        record Undecided() implements Lookup {}
    }

    Lookup find(String presented) {
        if (!presented.startsWith(AdminToken.PREFIX)) {
            return new Lookup.Unknown();
        }
        Snapshot now = snapshot;
        AdminToken token = now.byHash().get(AdminToken.hash(presented));
        if (token != null) {
            return judge(token, clock.instant());
        }
        return now.current() ? new Lookup.Unknown() : new Lookup.Undecided();
    }

    static Lookup judge(AdminToken token, Instant now) {
        String name = token.admin().name();
        if (token.revokedAt() != null) {
            return new Lookup.Ended("the token '" + name + "' was revoked at " + token.revokedAt());
        }
        return token.isExpired(now)
                ? new Lookup.Ended("the token '" + name + "' expired at " + token.expiresAt())
                : new Lookup.Known(token.admin());
    }

    @Scheduled(every = "{fanfare.directory.refresh}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        return reload().onFailure(UnavailableException.class).recoverWithItem(this::noteAway);
    }

    /** Reads all tokens now; after a change through this gateway, so that its caller can use it at once. */
    Uni<Void> reload() {
        return Uni.createFrom().deferred(() -> {
            long reading = readings.incrementAndGet();
            return repository
                    .all()
                    .invoke(tokens -> noteLoaded(reading, tokens))
                    .replaceWithVoid();
        });
    }

    /** A reading that began earlier and ends later may lack what the other has found. */
    private synchronized void noteLoaded(long reading, List<AdminToken> tokens) {
        if (reading >= snapshot.reading()) {
            snapshot = new Snapshot(
                    tokens.stream().collect(Collectors.toMap(AdminToken::hash, Function.identity())), reading, true);
        }
    }

    /** The log has it from {@code AppDirectory} already. */
    private synchronized Void noteAway() {
        snapshot = new Snapshot(snapshot.byHash(), snapshot.reading(), false);
        return null;
    }
}

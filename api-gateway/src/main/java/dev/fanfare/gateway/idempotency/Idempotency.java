package dev.fanfare.gateway.idempotency;

import dev.fanfare.gateway.UnavailableException;
import dev.fanfare.gateway.redis.Redis;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Lets a call that names itself be carried out once: who comes first claims the name, and later ones get the first
 * answer. Kept in Redis; while that is away every call counts as the first. Never fails.
 */
@ApplicationScoped
public class Idempotency {

    /** A claim of a gateway that died must not hold the name for long; longer than any call takes. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    private static final char CLAIMED = 'C';
    private static final char DONE = 'D';
    private static final int STATE_AT = IdempotencyKey.HASH_CHARS;

    private final Redis redis;

    Idempotency(Redis redis) {
        this.redis = redis;
    }

    /** What to do with a call. */
    public sealed interface Claim {

        /** Carry it out, then {@link #finish} or {@link #free}. */
        record First() implements Claim {}

        /** Answer as then. */
        record Done(String answer) implements Claim {}

        /** The first one has not been answered yet. */
        record InFlight() implements Claim {}

        /** The name was used for something else. */
        record OtherCall() implements Claim {}
    }

    public Uni<Claim> claim(IdempotencyKey key) {
        String mine = key.bodyHash() + CLAIMED;
        // NX with GET needs Redis 7; between the two commands the name can only become free, which reads as "in
        // flight".
        return redis.execute("SET", key.name(), mine, "NX", "PX", Long.toString(CLAIM.toMillis()))
                .flatMap(set -> set != null
                        ? Uni.createFrom().<Claim>item(new Claim.First())
                        : redis.execute("GET", key.name())
                                .map(present -> judge(key, present == null ? mine : present.toString())))
                .onFailure(UnavailableException.class)
                .recoverWithItem(new Claim.First());
    }

    private static Claim judge(IdempotencyKey key, String present) {
        if (!present.startsWith(key.bodyHash())) {
            return new Claim.OtherCall();
        }
        return present.charAt(STATE_AT) == DONE
                ? new Claim.Done(present.substring(STATE_AT + 1))
                : new Claim.InFlight();
    }

    /** Keeps the answer for those who come later. */
    public Uni<Void> finish(IdempotencyKey key, String answer) {
        return redis.execute(
                        "SET",
                        key.name(),
                        key.bodyHash() + DONE + answer,
                        "PX",
                        Long.toString(key.window().toMillis()))
                .replaceWithVoid()
                .onFailure(UnavailableException.class)
                .recoverWithNull();
    }

    /** Gives the name back: the call failed and may be tried again. */
    public Uni<Void> free(IdempotencyKey key) {
        return redis.execute("DEL", key.name())
                .replaceWithVoid()
                .onFailure(UnavailableException.class)
                .recoverWithNull();
    }
}

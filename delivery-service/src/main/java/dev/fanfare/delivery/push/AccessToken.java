package dev.fanfare.delivery.push;

import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The access token of a credential: asked for once, however many need it, kept until a little before it expires, and
 * asked for again when the provider refuses it. Thread-safe.
 */
public final class AccessToken {

    private static final Duration MOST_MARGIN = Duration.ofMinutes(5);

    private final Supplier<Uni<Grant>> request;
    private final Clock clock;

    private Grant held;
    private Instant heldUntil;
    private Uni<Grant> underWay;

    /** @param request asks the provider for a token; fails with {@link NotGrantedException} if it gives none */
    public AccessToken(Supplier<Uni<Grant>> request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    /** Why the provider gives no token; empty if it does. Never fails. */
    public Uni<Optional<String>> problem() {
        return get().map(token -> Optional.<String>empty())
                .onFailure()
                .recoverWithItem(e -> Optional.of(
                        e instanceof NotGrantedException ? e.getMessage() : "the provider was not reached"));
    }

    /** The token. Fails as the request for it failed; the next call asks again. */
    Uni<String> get() {
        return Uni.createFrom().deferred(this::current).map(Grant::token);
    }

    /**
     * Sends with the token, and once more with another if the provider refuses the first one.
     *
     * @param isRefusal whether an answer is about the token
     */
    public <T> Uni<T> sending(Function<String, Uni<T>> send, Predicate<T> isRefusal) {
        return get().flatMap(token -> send.apply(token).flatMap(answer -> {
            if (!isRefusal.test(answer)) {
                return Uni.createFrom().item(answer);
            }
            refused(token);
            return get().flatMap(send::apply);
        }));
    }

    /** The provider does not take it any more. Does nothing if there is a newer one already. */
    synchronized void refused(String token) {
        if (held != null && held.token().equals(token)) {
            held = null;
        }
    }

    private synchronized Uni<Grant> current() {
        if (held != null && clock.instant().isBefore(heldUntil)) {
            return Uni.createFrom().item(held);
        }
        if (underWay == null) {
            underWay = Uni.createFrom()
                    .deferred(request::get)
                    .onItemOrFailure()
                    .invoke((grant, failure) -> finished(grant))
                    .memoize()
                    .indefinitely();
        }
        return underWay;
    }

    private synchronized void finished(Grant grant) {
        underWay = null;
        if (grant != null) {
            Duration tenth = grant.validFor().dividedBy(10);
            Duration margin = tenth.compareTo(MOST_MARGIN) < 0 ? tenth : MOST_MARGIN;
            held = grant;
            heldUntil = clock.instant().plus(grant.validFor()).minus(margin);
        }
    }

    /** A token and how long it is valid from now on. */
    public record Grant(String token, Duration validFor) {}

    /** The provider gave no token. */
    public static final class NotGrantedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Duration retryAfter;

        /**
         * @param reason the provider's word
         * @param retryAfter null if it does not say
         */
        public NotGrantedException(String reason, Duration retryAfter) {
            super(reason, null, false, false);
            this.retryAfter = retryAfter;
        }

        /** What this means for all that needs the token. */
        public Unavailable result() {
            return new Unavailable("no access token: " + getMessage(), retryAfter, Scope.CREDENTIAL);
        }
    }
}

package dev.fanfare.gateway.rongcloud;

import dev.fanfare.contracts.command.Violation;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What an endpoint made of a call. */
public sealed interface Prepared {

    /** Against the rules; counts the {@code costOfRefusal} of its quota. */
    record Refused(Answer.Refused answer) implements Prepared {}

    /**
     * Good. The work starts once the quota has been charged, on the request's event loop.
     *
     * @param cost what the call counts
     * @param message whether the call sends something, and so must not be repeated by accident
     * @param msgRandom the vendor's idempotency id; null without
     */
    record Ready(int cost, boolean message, Long msgRandom, Supplier<Uni<Answer>> work) implements Prepared {}

    /** A call that may be repeated without harm. */
    static Prepared ready(Supplier<Uni<Answer>> work) {
        return new Ready(1, false, null, work);
    }

    static Prepared refused(RongCloudError error, String text) {
        return new Refused(Answer.refused(error, text));
    }

    /** The refusal of fields that cannot be read, or else of those that break the rules; empty when all are good. */
    static Optional<Prepared> refusal(List<Violation> unreadable, List<Violation> broken) {
        return Stream.concat(unreadable.stream(), broken.stream()).findFirst().map(Prepared::refused);
    }

    private static Prepared refused(Violation violation) {
        return switch (violation.kind()) {
            case MISSING, MALFORMED, TOO_MANY -> refused(RongCloudError.PARAMETER, violation.text());
            case TOO_LONG -> refused(RongCloudError.TOO_LONG, violation.text());
        };
    }
}

package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import dev.fanfare.delivery.session.LocalSessions;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A push for those who are not online, at the node that is thought to have sessions of its users: who shows to be there
 * needs none, and what is with the others is found out elsewhere, or they are pushed to.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
class AliveOrPush {

    /** Users of a piece of work: few, so that one who does not answer keeps few others open. */
    private static final int USERS_OF_A_PIECE = 10;

    /** A sign of life must be as much younger than the message, for the clocks of two machines are never the same. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final LocalSessions sessions;
    private final Rerouting rerouting;
    private final Counter alive;

    AliveOrPush(LocalSessions sessions, Rerouting rerouting, MeterRegistry metrics) {
        this.sessions = sessions;
        this.rerouting = rerouting;
        this.alive = metrics.counter(RoutingMetrics.USERS, RoutingMetrics.RESULT, "ALIVE");
    }

    static boolean isFor(DirectDelivery delivery) {
        return delivery.policy() == DeliveryPolicy.PUSH_OFFLINE;
    }

    /**
     * Asks the sessions now. Each piece answers when it is known of all its users, and may be asked for again.
     *
     * @param span of the first piece, which stands for the others
     */
    List<Uni<List<OutRecord>>> of(String key, NodeDelivery node, Span span) {
        List<String> users = node.delivery().userIds();
        List<Uni<List<OutRecord>>> pieces = new ArrayList<>();
        for (int i = 0; i < users.size(); i += USERS_OF_A_PIECE) {
            List<String> some = users.subList(i, Math.min(users.size(), i + USERS_OF_A_PIECE));
            Span followed = i == 0 ? span : Span.getInvalid();
            pieces.add(piece(key, node.delivery().forUsers(List.copyOf(some)), node.reroutes())
                    .map(records -> ended(followed, records)));
        }
        return pieces;
    }

    private static List<OutRecord> ended(Span span, List<OutRecord> records) {
        List<OutRecord> carried = Tracing.carriedByOne(span, records);
        span.setAttribute(SpanAttributes.OUTCOME, records.isEmpty() ? "ALIVE" : "SENT_ON")
                .end();
        return carried;
    }

    private Uni<List<OutRecord>> piece(String key, DirectDelivery delivery, int reroutes) {
        CompletableFuture<Set<String>> known = sessions.alive(
                delivery.appKey(), delivery.userIds(), delivery.message().sentTime() + SLACK.toMillis());
        known.thenAccept(found -> alive.increment(found.size()));
        return Uni.createFrom().completionStage(() -> known).flatMap(found -> {
            List<String> missing = delivery.userIds().stream()
                    .filter(user -> !found.contains(user))
                    .toList();
            return missing.isEmpty()
                    ? Uni.createFrom().item(List.of())
                    : rerouting.toPush(key, delivery.forUsers(missing), reroutes);
        });
    }
}

package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.delivery.dispatch.Deliveries;
import dev.fanfare.delivery.dispatch.KeptMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import dev.fanfare.delivery.session.Handed;
import dev.fanfare.delivery.session.LocalSessions;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.trace.SpanAttributes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A message of an inbox at the node that has its user's sessions: it is handed to them at once, and what came of it is
 * known when they have confirmed it or are gone. A device that has a push token and did not confirm it is looked for
 * elsewhere, and in the end gets a push; so does everyone if there was no session here at all.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
class InboxDelivery {

    private final LocalSessions sessions;
    private final Rerouting rerouting;
    private final Counter confirmed;
    private final Counter missed;

    InboxDelivery(LocalSessions sessions, Rerouting rerouting, MeterRegistry metrics) {
        this.sessions = sessions;
        this.rerouting = rerouting;
        this.confirmed = metrics.counter(RoutingMetrics.CONFIRMATIONS, RoutingMetrics.RESULT, "CONFIRMED");
        this.missed = metrics.counter(RoutingMetrics.CONFIRMATIONS, RoutingMetrics.RESULT, "MISSED");
    }

    /**
     * Hands the message over now, in the order of the calls. The answer may be asked for again.
     *
     * @param span ended with the answer
     */
    Uni<List<OutRecord>> deliver(String key, NodeDelivery node, Span span) {
        DirectDelivery delivery = node.delivery();
        InboxPosition position = InboxPosition.of(node.inbox());
        CompletableFuture<Handed> handed = sessions.hand(Deliveries.user(delivery), position, delivery.message());
        KeptMessage message = new KeptMessage(delivery, position, node.pushDevices());
        return Uni.createFrom()
                .completionStage(() -> handed)
                .flatMap(result -> follow(new UnconfirmedMessage(key, message, node.reroutes(), span), result));
    }

    private Uni<List<OutRecord>> follow(UnconfirmedMessage open, Handed handed) {
        KeptMessage message = open.message();
        long now = System.currentTimeMillis();
        List<OutRecord> delivered = handed.confirmed().stream()
                .map(device -> Outcomes.record(delivered(message, device, now)))
                .toList();
        UnconfirmedMessage left = open.without(handed.confirmed());
        confirmed.increment(handed.confirmed().size());
        missed.increment(left.message().pushDevices().size());
        open.span()
                .setAttribute(SpanAttributes.OUTCOME, outcome(handed))
                .setAttribute(SpanAttributes.CONFIRMED, handed.confirmed().size());
        if (handed.reached() && left.message().pushDevices().isEmpty()) {
            open.span().end();
            return Uni.createFrom().item(delivered);
        }
        return rerouting.of(left, handed.reached()).map(rerouted -> {
            List<OutRecord> out = new ArrayList<>(delivered);
            out.addAll(rerouted);
            open.span().end();
            return out;
        });
    }

    private static String outcome(Handed handed) {
        if (!handed.reached()) {
            return "NOBODY_HERE";
        }
        return handed.confirmed().isEmpty() ? "UNCONFIRMED" : "CONFIRMED";
    }

    private static DeliveryOutcome delivered(KeptMessage message, String device, long now) {
        return DeliveryOutcome.delivered(
                message.user().appKey(),
                message.user().userId(),
                device,
                message.delivery().message().messageUID(),
                now);
    }
}

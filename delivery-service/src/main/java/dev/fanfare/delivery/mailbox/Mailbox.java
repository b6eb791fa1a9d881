package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.delivery.dispatch.Deliveries;
import dev.fanfare.delivery.dispatch.DeliverySpans;
import dev.fanfare.delivery.outcome.CountSource;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RecordReader;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import dev.fanfare.delivery.session.LocalSessions;
import dev.fanfare.runtime.pipeline.LongPipeline;
import dev.fanfare.runtime.pipeline.LongPipeline.Work;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads this node's mailboxes: hands each delivery to the sessions here, in order, and what found nobody to
 * {@link Rerouting}; and ends the sessions that other nodes want to end ({@link SessionEnding}). A message of an inbox is
 * done when its devices have confirmed it or got a push, see {@link InboxDelivery}, a push for those who are not online
 * when its users have shown to be there or got it, see {@link AliveOrPush}; the next batch does not wait for that.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
class Mailbox {

    private static final byte[] SESSION_END = SessionEnd.EVENT_TYPE.getBytes(StandardCharsets.UTF_8);

    /** Messages of inboxes, and tens of users, that wait for their clients at a time; at this bound the mailboxes wait. */
    private static final int MAX_UNCONFIRMED = 10_000;

    private final LongPipeline pipeline;
    private final RecordReader reader;
    private final LocalSessions sessions;
    private final InboxDelivery inboxes;
    private final AliveOrPush pushes;
    private final Rerouting rerouting;
    private final SessionEnding ending;
    private final Tracing tracing;
    private final Counter sent;

    Mailbox(
            RecordPipeline pipeline,
            RecordReader reader,
            LocalSessions sessions,
            InboxDelivery inboxes,
            AliveOrPush pushes,
            Rerouting rerouting,
            SessionEnding ending,
            Tracing tracing,
            MeterRegistry metrics) {
        this.pipeline = pipeline.longRunning(MAX_UNCONFIRMED);
        this.reader = reader;
        this.sessions = sessions;
        this.inboxes = inboxes;
        this.pushes = pushes;
        this.rerouting = rerouting;
        this.ending = ending;
        this.tracing = tracing;
        this.sent = metrics.counter(RoutingMetrics.USERS, RoutingMetrics.RESULT, Kind.DELIVERED.name());
    }

    @Incoming("mailbox")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::deliver);
    }

    private record Keyed(String key, NodeDelivery delivery, CountSource source, Span span) {

        DirectDelivery direct() {
            return delivery.delivery();
        }
    }

    /** @param reached those of its users who have it now */
    private record Delivered(Keyed keyed, Set<String> reached) {

        Optional<OutRecord> told() {
            return reached.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Outcomes.told(keyed.direct(), keyed.source, reached.size()));
        }
    }

    private Uni<Work> deliver(List<ConsumerRecord<String, byte[]>> batch) {
        List<OutRecord> out = new ArrayList<>();
        List<Keyed> moments = new ArrayList<>();
        List<Uni<List<OutRecord>>> later = new ArrayList<>();
        List<SessionEnd> ends = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (isSessionEnd(record)) {
                reader.read(record, SessionEnd.class, SessionEnding::isComplete, out)
                        .ifPresent(ends::add);
                continue;
            }
            reader.read(record, NodeDelivery.class, Mailbox::isComplete, out).ifPresent(delivery -> {
                Span span = begin(record, delivery);
                if (AliveOrPush.isFor(delivery.delivery())) {
                    later.addAll(pushes.of(record.key(), delivery, span));
                } else if (delivery.inbox() == null) {
                    moments.add(new Keyed(record.key(), delivery, CountSource.of(record), span));
                } else {
                    later.add(inboxes.deliver(record.key(), delivery, span));
                }
            });
        }
        return handOver(moments)
                .invoke(delivered -> delivered.forEach(each -> each.told().ifPresent(out::add)))
                .map(delivered -> delivered.stream().flatMap(Mailbox::unreached).toList())
                .chain(unreached -> ending.of(ends).chain(() -> rerouting.of(unreached)))
                .map(rerouted -> {
                    out.addAll(rerouted);
                    return new Work(out, later);
                });
    }

    private Span begin(ConsumerRecord<String, byte[]> record, NodeDelivery delivery) {
        Span span = tracing.begin("deliver", record);
        return span.isRecording() ? DeliverySpans.describe(span, delivery.delivery()) : span;
    }

    private static boolean isComplete(NodeDelivery delivery) {
        return Deliveries.isComplete(delivery.delivery())
                && (AliveOrPush.isFor(delivery.delivery()) || !Deliveries.isPush(delivery.delivery()))
                && (delivery.inbox() == null
                        || Deliveries.isKept(delivery.delivery()) && delivery.pushDevices() != null);
    }

    private static boolean isSessionEnd(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader(CommandHeaders.TYPE);
        return type != null && Arrays.equals(type.value(), SESSION_END);
    }

    /** All are handed over in order before the first answer is there: a turn of the event loops a batch, not a record. */
    private Uni<List<Delivered>> handOver(List<Keyed> deliveries) {
        return deliveries.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join()
                        .all(deliveries.stream().map(this::handOver).toList())
                        .andFailFast();
    }

    private Uni<Delivered> handOver(Keyed keyed) {
        DirectDelivery delivery = keyed.direct();
        return sessions.deliver(delivery.appKey(), delivery.userIds(), delivery.message())
                .invoke(reached -> {
                    sent.increment(reached.size());
                    keyed.span
                            .setAttribute(SpanAttributes.OUTCOME, reached.isEmpty() ? "NOBODY_HERE" : "WRITTEN")
                            .setAttribute(SpanAttributes.REACHED, reached.size())
                            .end();
                })
                .map(reached -> new Delivered(keyed, reached));
    }

    private static Stream<Unreached> unreached(Delivered delivered) {
        DirectDelivery delivery = delivered.keyed.direct();
        List<String> missing = delivery.userIds().stream()
                .filter(user -> !delivered.reached.contains(user))
                .toList();
        return missing.isEmpty()
                ? Stream.empty()
                : Stream.of(new Unreached(
                        delivered.keyed.key,
                        delivery.forUsers(missing),
                        delivered.keyed.delivery.reroutes(),
                        delivered.keyed.source,
                        delivered.keyed.span));
    }
}

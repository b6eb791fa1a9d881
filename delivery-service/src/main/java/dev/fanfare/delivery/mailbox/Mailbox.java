package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.delivery.dispatch.Deliveries;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RecordReader;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import dev.fanfare.delivery.session.LocalSessions;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads this node's mailboxes: hands each delivery to the sessions here, in order, and what found nobody to
 * {@link Rerouting}; and ends the sessions that other nodes want to end ({@link SessionEnding}).
 */
@ApplicationScoped
class Mailbox {

    private static final byte[] SESSION_END = SessionEnd.EVENT_TYPE.getBytes(StandardCharsets.UTF_8);

    private final RecordPipeline pipeline;
    private final RecordReader reader;
    private final LocalSessions sessions;
    private final Rerouting rerouting;
    private final SessionEnding ending;
    private final Counter sent;

    Mailbox(
            RecordPipeline pipeline,
            RecordReader reader,
            LocalSessions sessions,
            Rerouting rerouting,
            SessionEnding ending,
            MeterRegistry metrics) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.sessions = sessions;
        this.rerouting = rerouting;
        this.ending = ending;
        this.sent = metrics.counter(RoutingMetrics.USERS, RoutingMetrics.RESULT, Kind.DELIVERED.name());
    }

    @Incoming("mailbox")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::deliver);
    }

    private record Keyed(String key, NodeDelivery delivery) {

        DirectDelivery direct() {
            return delivery.delivery();
        }
    }

    /** @param reached those of its users who have it now */
    private record Delivered(Keyed keyed, Set<String> reached) {}

    private Uni<List<OutRecord>> deliver(List<ConsumerRecord<String, byte[]>> batch) {
        List<OutRecord> out = new ArrayList<>();
        List<Keyed> deliveries = new ArrayList<>();
        List<SessionEnd> ends = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (isSessionEnd(record)) {
                reader.read(record, SessionEnd.class, SessionEnding::isComplete, out)
                        .ifPresent(ends::add);
                continue;
            }
            reader.read(record, NodeDelivery.class, node -> Deliveries.isComplete(node.delivery()), out)
                    .ifPresent(delivery -> deliveries.add(new Keyed(record.key(), delivery)));
        }
        return handOver(deliveries, out)
                .chain(unreached -> ending.of(ends).chain(() -> rerouting.of(unreached)))
                .map(rerouted -> {
                    out.addAll(rerouted);
                    return out;
                });
    }

    private static boolean isSessionEnd(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader(CommandHeaders.TYPE);
        return type != null && Arrays.equals(type.value(), SESSION_END);
    }

    /** All are handed over in order before the first answer is there: a turn of the event loops a batch, not a record. */
    private Uni<List<Unreached>> handOver(List<Keyed> deliveries, List<OutRecord> out) {
        return deliveries.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join()
                        .all(deliveries.stream().map(this::handOver).toList())
                        .andFailFast()
                        .map(delivered -> {
                            delivered.forEach(each -> out.addAll(outcomes(each)));
                            return delivered.stream()
                                    .flatMap(Mailbox::unreached)
                                    .toList();
                        });
    }

    private Uni<Delivered> handOver(Keyed keyed) {
        DirectDelivery delivery = keyed.direct();
        return sessions.deliver(delivery.appKey(), delivery.userIds(), delivery.message())
                .map(reached -> new Delivered(keyed, reached));
    }

    private List<OutRecord> outcomes(Delivered delivered) {
        DirectDelivery delivery = delivered.keyed.direct();
        sent.increment(delivered.reached.size());
        if (delivery.policy() != DeliveryPolicy.ONLINE_ELSE_PUSH) {
            return List.of();
        }
        long now = System.currentTimeMillis();
        return delivery.userIds().stream()
                .filter(delivered.reached::contains)
                .map(user -> DeliveryOutcome.ofUser(
                        delivery.appKey(), user, delivery.message().messageUID(), Kind.DELIVERED, null, now))
                .map(Outcomes::record)
                .toList();
    }

    private static Stream<Unreached> unreached(Delivered delivered) {
        DirectDelivery delivery = delivered.keyed.direct();
        List<String> missing = delivery.userIds().stream()
                .filter(user -> !delivered.reached.contains(user))
                .toList();
        return missing.isEmpty()
                ? Stream.empty()
                : Stream.of(new Unreached(
                        delivered.keyed.key, delivery.forUsers(missing), delivered.keyed.delivery.reroutes()));
    }
}

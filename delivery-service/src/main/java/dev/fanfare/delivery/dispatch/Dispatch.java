package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.delivery.outcome.CountSource;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RecordReader;
import dev.fanfare.delivery.presence.Presence;
import dev.fanfare.delivery.presence.PresenceLookup;
import dev.fanfare.delivery.push.PushConfig;
import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.delivery.recall.RecalledMessages;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The dispatch role: reads {@code fanfare.delivery.direct.v1} and {@code fanfare.delivery.bulk.v1} in batches, each on its
 * own, so that what is for one user does not wait behind what is for all. What is kept goes into the inboxes first, then
 * presence is asked: so a session is either found there, or was not announced yet and finds the message in the inbox. Of
 * a push to many, presence is asked about those users only who have a device that it is for.
 */
@ApplicationScoped
class Dispatch {

    private final RecordPipeline pipeline;
    private final RecordReader reader;
    private final Keeping keeping;
    private final PushDevices devices;
    private final RecalledMessages recalled;
    private final PresenceLookup presence;
    private final DecisionRecords records;
    private final Tracing tracing;
    private final Optional<PushNotification> inPlaceOfRecalled;

    Dispatch(
            RecordPipeline pipeline,
            RecordReader reader,
            Keeping keeping,
            PushDevices devices,
            RecalledMessages recalled,
            PresenceLookup presence,
            DecisionRecords records,
            Tracing tracing,
            PushConfig config) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.keeping = keeping;
        this.devices = devices;
        this.recalled = recalled;
        this.presence = presence;
        this.records = records;
        this.tracing = tracing;
        this.inPlaceOfRecalled = config.recalledText().map(text -> new PushNotification(null, text, null, null, null));
    }

    @Incoming("dispatch")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, all -> dispatch(all, false));
    }

    @Incoming("dispatch-bulk")
    Uni<Void> runBulk(Message<List<byte[]>> batch) {
        return pipeline.run(batch, all -> dispatch(all, true));
    }

    /** @param span of what is decided on it */
    private record Keyed(String key, DirectDelivery delivery, CountSource source, Span span) {

        MessageKey message() {
            return new MessageKey(delivery.appKey(), delivery.message().messageUID());
        }
    }

    /** What must be known of a batch. */
    private record Known(List<KeptMessage> kept, PushDevices.Found devices, Presence presence) {}

    /** @param bulk whether pushes are some of very many */
    private Uni<Iterable<OutRecord>> dispatch(List<ConsumerRecord<String, byte[]>> batch, boolean bulk) {
        List<OutRecord> rejected = new ArrayList<>();
        List<Keyed> deliveries = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            reader.read(record, DirectDelivery.class, Deliveries::isComplete, rejected)
                    .ifPresent(delivery -> deliveries.add(new Keyed(
                            record.key(), withPush(delivery), CountSource.of(record), begin(record, delivery))));
        }
        return bulk
                ? withoutRecalled(deliveries, rejected).flatMap(left -> dispatch(left, rejected, true))
                : dispatch(deliveries, rejected, false);
    }

    private Span begin(ConsumerRecord<String, byte[]> record, DirectDelivery delivery) {
        Span span = tracing.begin("dispatch", record);
        return span.isRecording() ? DeliverySpans.describe(span, delivery) : span;
    }

    /** A recall is shown in the place of what it takes back, if there is a text for that. */
    private DirectDelivery withPush(DirectDelivery delivery) {
        return delivery.recalls() == null || delivery.push() != null
                ? delivery
                : inPlaceOfRecalled.map(delivery::withPush).orElse(delivery);
    }

    /** What is for very many may be taken back while it is still on its way: it ends here. */
    private Uni<List<Keyed>> withoutRecalled(List<Keyed> deliveries, List<OutRecord> out) {
        return recalled.of(deliveries.stream().map(Keyed::message).collect(Collectors.toSet()))
                .map(takenBack -> {
                    List<Keyed> left = new ArrayList<>();
                    for (Keyed keyed : deliveries) {
                        if (!takenBack.contains(keyed.message())) {
                            left.add(keyed);
                            continue;
                        }
                        keyed.span
                                .setAttribute(SpanAttributes.OUTCOME, "RECALLED")
                                .end();
                        if (Deliveries.isKept(keyed.delivery)) {
                            out.add(Outcomes.record(DeliveryOutcome.ofUser(
                                    keyed.delivery.appKey(),
                                    keyed.delivery.userIds().get(0),
                                    keyed.message().messageUid(),
                                    Kind.DROPPED,
                                    "the message was recalled",
                                    System.currentTimeMillis())));
                        }
                    }
                    return left;
                });
    }

    private Uni<Iterable<OutRecord>> dispatch(List<Keyed> deliveries, List<OutRecord> rejected, boolean bulk) {
        if (deliveries.isEmpty()) {
            return Uni.createFrom().item(rejected);
        }
        // Decided while it is walked: a large batch for many nodes is not in memory as a whole.
        return known(deliveries.stream().map(Keyed::delivery).toList()).map(known -> () -> {
            Iterator<KeptMessage> next = known.kept.iterator();
            return Stream.concat(
                            rejected.stream(),
                            deliveries.stream()
                                    .flatMap(keyed -> ended(
                                            keyed,
                                            bulk,
                                            Deliveries.isKept(keyed.delivery)
                                                    ? decide(keyed.key, next.next(), known.presence, bulk)
                                                    : decide(keyed, known))
                                            .stream()))
                    .iterator();
        });
    }

    private static List<OutRecord> ended(Keyed keyed, boolean bulk, List<OutRecord> decided) {
        List<OutRecord> carried =
                bulk ? Tracing.carriedByOne(keyed.span, decided) : Tracing.carried(keyed.span, decided);
        keyed.span.end();
        return carried;
    }

    private Uni<Known> known(List<DirectDelivery> deliveries) {
        List<DirectDelivery> toKeep =
                deliveries.stream().filter(Deliveries::isKept).toList();
        List<DirectDelivery> toPush =
                deliveries.stream().filter(Deliveries::isPush).toList();
        return Uni.combine()
                .all()
                .unis(keeping.keep(toKeep), devices.of(toPush))
                .asTuple()
                .flatMap(both -> presence.settled(lookedFor(deliveries, both.getItem2()))
                        .map(found -> new Known(both.getItem1(), both.getItem2(), found)));
    }

    private static Set<UserKey> lookedFor(List<DirectDelivery> deliveries, PushDevices.Found devices) {
        return deliveries.stream()
                .flatMap(delivery -> switch (delivery.policy()) {
                    case ONLINE_ONLY, ONLINE_ELSE_PUSH -> Deliveries.users(delivery);
                    case PUSH_OFFLINE ->
                        Deliveries.users(delivery).filter(user -> !devices.of(delivery, user.userId())
                                .isEmpty());
                    case PUSH_ALL -> Stream.empty();
                })
                .collect(Collectors.toSet());
    }

    private List<OutRecord> decide(Keyed keyed, Known known) {
        DirectDelivery delivery = keyed.delivery;
        if (Deliveries.isPush(delivery)) {
            Decision decision = OfflinePush.decide(
                    delivery,
                    user -> known.devices.of(delivery, user),
                    user -> delivery.policy() == DeliveryPolicy.PUSH_ALL
                            ? List.of()
                            : known.presence.of(new UserKey(delivery.appKey(), user)));
            return records.ofPush(delivery, decision, keyed.key, 0);
        }
        Decision decision =
                OnlineOnly.decide(delivery, user -> known.presence.of(new UserKey(delivery.appKey(), user)));
        return records.ofMoment(delivery, decision, keyed.source, keyed.key, 0);
    }

    private List<OutRecord> decide(String key, KeptMessage message, Presence found, boolean bulk) {
        long now = System.currentTimeMillis();
        if (message.position() == null) {
            return List.of(outcome(message, Kind.EXPIRED, now));
        }
        Decision decision = OnlineOrPush.decide(message, found.of(message.user()), now);
        List<OutRecord> out = new ArrayList<>();
        out.add(outcome(message, Kind.STORED, now));
        out.addAll(records.of(bulk ? decision.inBulk() : decision, key, 0));
        return out;
    }

    private static OutRecord outcome(KeptMessage message, Kind kind, long now) {
        return Outcomes.record(DeliveryOutcome.ofUser(
                message.user().appKey(),
                message.user().userId(),
                message.delivery().message().messageUID(),
                kind,
                null,
                now));
    }
}

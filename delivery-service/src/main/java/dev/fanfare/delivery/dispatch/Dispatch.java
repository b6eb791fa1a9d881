package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.outcome.CountSource;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RecordReader;
import dev.fanfare.delivery.presence.Presence;
import dev.fanfare.delivery.presence.PresenceLookup;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The dispatch role: reads {@code fanfare.delivery.direct.v1} in batches. What is kept goes into the inboxes first, then
 * presence is asked: so a session is either found there, or was not announced yet and finds the message in the inbox.
 */
@ApplicationScoped
class Dispatch {

    private final RecordPipeline pipeline;
    private final RecordReader reader;
    private final Keeping keeping;
    private final PresenceLookup presence;
    private final DecisionRecords records;

    Dispatch(
            RecordPipeline pipeline,
            RecordReader reader,
            Keeping keeping,
            PresenceLookup presence,
            DecisionRecords records) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.keeping = keeping;
        this.presence = presence;
        this.records = records;
    }

    @Incoming("dispatch")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::dispatch);
    }

    private record Keyed(String key, DirectDelivery delivery, CountSource source) {}

    private Uni<Iterable<OutRecord>> dispatch(List<ConsumerRecord<String, byte[]>> batch) {
        List<OutRecord> rejected = new ArrayList<>();
        List<Keyed> deliveries = new ArrayList<>();
        Set<UserKey> users = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            reader.read(record, DirectDelivery.class, Deliveries::isComplete, rejected)
                    .ifPresent(delivery -> {
                        deliveries.add(new Keyed(record.key(), delivery, CountSource.of(record)));
                        delivery.userIds().forEach(user -> users.add(new UserKey(delivery.appKey(), user)));
                    });
        }
        if (users.isEmpty()) {
            return Uni.createFrom().item(rejected);
        }
        List<DirectDelivery> toKeep = deliveries.stream()
                .map(Keyed::delivery)
                .filter(Deliveries::isKept)
                .toList();
        // Decided while it is walked: a large batch for many nodes is not in memory as a whole.
        return keeping.keep(toKeep).flatMap(kept -> presence.settled(users).map(found -> () -> {
            Iterator<KeptMessage> next = kept.iterator();
            return Stream.concat(
                            rejected.stream(),
                            deliveries.stream()
                                    .flatMap(keyed -> Deliveries.isKept(keyed.delivery)
                                            ? decide(keyed.key, next.next(), found).stream()
                                            : decide(keyed, found).stream()))
                    .iterator();
        }));
    }

    private List<OutRecord> decide(Keyed keyed, Presence found) {
        DirectDelivery delivery = keyed.delivery;
        Decision decision = OnlineOnly.decide(delivery, user -> found.of(new UserKey(delivery.appKey(), user)));
        return records.ofMoment(delivery, decision, keyed.source, keyed.key, 0);
    }

    private List<OutRecord> decide(String key, KeptMessage message, Presence found) {
        long now = System.currentTimeMillis();
        if (message.position() == null) {
            return List.of(outcome(message, Kind.EXPIRED, now));
        }
        List<OutRecord> out = new ArrayList<>();
        out.add(outcome(message, Kind.STORED, now));
        out.addAll(records.of(OnlineOrPush.decide(message, found.of(message.user()), now), key, 0));
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

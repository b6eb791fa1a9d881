package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DirectDelivery;
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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The dispatch role: one presence lookup per batch of {@code fanfare.delivery.direct.v1}, then {@link OnlineOrPush}. */
@ApplicationScoped
class Dispatch {

    private final RecordPipeline pipeline;
    private final RecordReader reader;
    private final PresenceLookup presence;
    private final DecisionRecords records;

    Dispatch(RecordPipeline pipeline, RecordReader reader, PresenceLookup presence, DecisionRecords records) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.presence = presence;
        this.records = records;
    }

    @Incoming("dispatch")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::dispatch);
    }

    private record Keyed(String key, DirectDelivery delivery) {}

    private Uni<Iterable<OutRecord>> dispatch(List<ConsumerRecord<String, byte[]>> batch) {
        List<OutRecord> rejected = new ArrayList<>();
        List<Keyed> deliveries = new ArrayList<>();
        Set<UserKey> users = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            reader.read(record, DirectDelivery.class, Deliveries::isComplete, rejected)
                    .ifPresent(delivery -> {
                        deliveries.add(new Keyed(record.key(), delivery));
                        delivery.userIds().forEach(user -> users.add(new UserKey(delivery.appKey(), user)));
                    });
        }
        if (users.isEmpty()) {
            return Uni.createFrom().item(rejected);
        }
        // Decided while it is walked: a large batch for many nodes is not in memory as a whole.
        return presence.settled(users)
                .map(found -> () -> Stream.concat(
                                rejected.stream(), deliveries.stream().flatMap(keyed -> decide(keyed, found).stream()))
                        .iterator());
    }

    private List<OutRecord> decide(Keyed keyed, Presence found) {
        DirectDelivery delivery = keyed.delivery;
        var decision = OnlineOrPush.decide(
                delivery, user -> found.of(new UserKey(delivery.appKey(), user)), System.currentTimeMillis());
        return records.of(decision, keyed.key, 0);
    }
}

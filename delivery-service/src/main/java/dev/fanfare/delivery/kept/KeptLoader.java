package dev.fanfare.delivery.kept;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.recall.RecalledMessages;
import dev.fanfare.delivery.window.KeptSource;
import dev.fanfare.delivery.window.KeptState;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jboss.logging.Logger;

/** Reads at a node's start what is kept. */
@ApplicationScoped
class KeptLoader implements KeptSource {

    private static final Logger LOGGER = Logger.getLogger(KeptLoader.class);
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(5);

    private final Map<String, Object> brokers;
    private final KeptTable table;
    private final RecalledMessages recalled;

    KeptLoader(
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            KeptTable table,
            RecalledMessages recalled) {
        this.brokers = new HashMap<>(brokers);
        this.brokers.keySet().retainAll(AdminClientConfig.configNames());
        this.table = table;
        this.recalled = recalled;
    }

    @Override
    public CompletionStage<KeptState> load() {
        // How far it was written first: what is written meanwhile is read twice rather than not at all.
        return Uni.createFrom()
                .deferred(this::writtenUpTo)
                .chain(writtenUpTo -> table.all().chain(broadcasts -> recalled.lately()
                        .map(uids -> new KeptState(broadcasts, uids, writtenUpTo))))
                .onFailure()
                .invoke(e -> LOGGER.warnf("what is kept cannot be read yet, trying again: %s", e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely()
                .subscribeAsCompletionStage();
    }

    private Uni<Map<Integer, Long>> writtenUpTo() {
        Admin admin = Admin.create(brokers);
        return Uni.createFrom()
                .completionStage(() -> admin.listConsumerGroupOffsets(KeptConsumer.GROUP)
                        .partitionsToOffsetAndMetadata()
                        .toCompletionStage())
                .map(offsets -> {
                    Map<Integer, Long> committed = new HashMap<>();
                    offsets.forEach((partition, offset) -> {
                        if (offset != null && partition.topic().equals(Topic.DELIVERY_STREAM.topicName())) {
                            committed.put(partition.partition(), offset.offset());
                        }
                    });
                    return committed;
                })
                .onTermination()
                .invoke(() -> admin.close(Duration.ZERO));
    }
}

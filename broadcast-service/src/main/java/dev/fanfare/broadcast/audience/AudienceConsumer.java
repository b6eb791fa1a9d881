package dev.fanfare.broadcast.audience;

import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Reads {@code fanfare.user.registered.v1} into the audience. What cannot be read goes to {@code
 * fanfare.delivery.rejected.v1}, and the partition goes on. While PostgreSQL is away it waits.
 */
@Startup
@ApplicationScoped
class AudienceConsumer {

    private static final Logger LOGGER = Logger.getLogger(AudienceConsumer.class);

    private final RecordPipeline pipeline;
    private final AudienceTable table;
    private final Counter applied;
    private final Counter rejected;

    AudienceConsumer(RecordPipeline pipeline, AudienceTable table, MeterRegistry metrics) {
        this.pipeline = pipeline;
        this.table = table;
        this.applied = metrics.counter(AudienceMetrics.CHANGES);
        this.rejected = metrics.counter(AudienceMetrics.REJECTED);
    }

    @Incoming("audience")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::apply);
    }

    private Uni<List<OutRecord>> apply(List<ConsumerRecord<String, byte[]>> batch) {
        UserRecords records = UserRecords.of(batch);
        return table.apply(records)
                .invoke(() -> {
                    applied.increment(records.changes().size());
                    if (!records.rejected().isEmpty()) {
                        rejected.increment(records.rejected().size());
                        LOGGER.warnf(
                                "%d records of users rejected",
                                records.rejected().size());
                    }
                })
                .replaceWith(records.rejected());
    }
}

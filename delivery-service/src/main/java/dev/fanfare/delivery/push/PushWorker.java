package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RecordReader;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The push role: nobody has a device yet. */
@ApplicationScoped
class PushWorker {

    private final RecordPipeline pipeline;
    private final RecordReader reader;

    PushWorker(RecordPipeline pipeline, RecordReader reader) {
        this.pipeline = pipeline;
        this.reader = reader;
    }

    @Incoming("push")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::push);
    }

    private Uni<List<OutRecord>> push(List<ConsumerRecord<String, byte[]>> batch) {
        List<OutRecord> out = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            reader.read(record, PushJob.class, PushWorker::isComplete, out)
                    .map(job -> DeliveryOutcome.ofUser(
                            job.appKey(),
                            job.userId(),
                            job.message().messageUID(),
                            Kind.DROPPED,
                            "the user has no device",
                            System.currentTimeMillis()))
                    .ifPresent(outcome -> out.add(Outcomes.record(outcome)));
        }
        return Uni.createFrom().item(out);
    }

    private static boolean isComplete(PushJob job) {
        return job.appKey() != null
                && job.userId() != null
                && job.push() != null
                && job.message() != null
                && job.message().messageUID() != null;
    }
}

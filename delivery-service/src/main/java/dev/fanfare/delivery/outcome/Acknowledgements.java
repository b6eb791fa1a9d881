package dev.fanfare.delivery.outcome;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * What clients say that they have, told on. Best effort: at most {@value #BUFFER} wait for Kafka, those beyond are dropped
 * and counted, for a client must not be able to fill this node's memory. Any thread, never blocks.
 */
@ApplicationScoped
public class Acknowledgements {

    private static final int BUFFER = 20_000;

    private final Emitter<byte[]> emitter;
    private final Counter dropped;

    Acknowledgements(
            @Channel("acknowledgements") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<byte[]> emitter,
            MeterRegistry metrics) {
        this.emitter = emitter;
        this.dropped = metrics.counter(RoutingMetrics.ACKNOWLEDGEMENTS_DROPPED);
    }

    public void tell(SessionInfo session, List<String> messageUids) {
        long now = System.currentTimeMillis();
        for (String uid : messageUids) {
            OutRecord record = Outcomes.record(new DeliveryOutcome(
                    session.appKey(),
                    session.userId(),
                    session.deviceId(),
                    uid,
                    Kind.DELIVERED,
                    null,
                    null,
                    null,
                    now));
            try {
                emitter.send(Message.of(record.value(), Metadata.of(RecordPipeline.metadata(record))));
            } catch (IllegalStateException full) {
                dropped.increment();
            }
        }
    }
}

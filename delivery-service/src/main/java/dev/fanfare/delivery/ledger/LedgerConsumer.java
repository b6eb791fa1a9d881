package dev.fanfare.delivery.ledger;

import dev.fanfare.contracts.delivery.DeliveryCount;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.delivery.outcome.RecordReader;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The ledger role: reads {@code fanfare.delivery.outcome.v1} in batches and keeps what it says. While PostgreSQL is away it
 * waits. Types of records that it does not know are of a later version, and left out.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
class LedgerConsumer {

    private final RecordPipeline pipeline;
    private final RecordReader reader;
    private final Ledger ledger;
    private final Map<Kind, Counter> read = new EnumMap<>(Kind.class);

    LedgerConsumer(RecordPipeline pipeline, RecordReader reader, Ledger ledger, MeterRegistry metrics) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.ledger = ledger;
        for (Kind kind : Kind.values()) {
            read.put(kind, metrics.counter(LedgerMetrics.OUTCOMES, LedgerMetrics.RESULT, kind.name()));
        }
    }

    @Incoming("ledger")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::keep);
    }

    private Uni<List<OutRecord>> keep(List<ConsumerRecord<String, byte[]>> batch) {
        List<OutRecord> rejected = new ArrayList<>();
        List<DeliveryOutcome> outcomes = new ArrayList<>();
        List<DeliveryCount> counts = new ArrayList<>();
        List<JobProgress> jobs = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            switch (typeOf(record)) {
                case "" ->
                    reader.read(record, DeliveryOutcome.class, LedgerRules::isComplete, rejected)
                            .ifPresent(outcomes::add);
                case DeliveryCount.EVENT_TYPE ->
                    reader.read(record, DeliveryCount.class, LedgerRules::isComplete, rejected)
                            .ifPresent(counts::add);
                case JobProgress.EVENT_TYPE ->
                    reader.read(record, JobProgress.class, LedgerRules::isComplete, rejected)
                            .ifPresent(jobs::add);
                default -> {}
            }
        }
        return ledger.add(outcomes, counts, jobs)
                .invoke(() ->
                        outcomes.forEach(outcome -> read.get(outcome.outcome()).increment()))
                .replaceWith(rejected);
    }

    /** Empty for an outcome. */
    private static String typeOf(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(CommandHeaders.TYPE);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}

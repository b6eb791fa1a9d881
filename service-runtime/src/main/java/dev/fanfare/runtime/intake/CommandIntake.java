package dev.fanfare.runtime.intake;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.contracts.signing.CommandVerifier;
import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import dev.fanfare.contracts.signing.CommandVerifier.Verdict;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The door through which commands enter a service. A command that is unsigned, badly signed, stale, not permitted,
 * unreadable or against the rules goes to {@code <topic>.rejected} with the reason in its headers, is counted, and the
 * partition goes on. The others reach the expander in order.
 */
@ApplicationScoped
public class CommandIntake {

    /** Header of a rejected record: a {@link Refusal}. */
    public static final String REASON = "fanfare-rejected-reason";
    /** Header of a rejected record: what is wrong, for a person. */
    public static final String TEXT = "fanfare-rejected-text";
    /** Header of a rejected record: {@code partition:offset} of the original. */
    public static final String POSITION = "fanfare-rejected-position";

    private static final Logger LOGGER = Logger.getLogger(CommandIntake.class);
    private static final String METRIC = "fanfare.commands";

    private final RecordPipeline pipeline;
    private final CommandVerifier verifier;
    private final MeterRegistry metrics;

    public CommandIntake(RecordPipeline pipeline, ProducersConfig producers, MeterRegistry metrics) {
        this.pipeline = pipeline;
        this.verifier = new CommandVerifier(producers.keys());
        this.metrics = metrics;
    }

    /** For expanders that need nothing but the command. A command on which one throws is rejected, not tried again. */
    public <C> Multi<Message<byte[]>> expandEach(
            CommandType<C> type,
            Multi<Message<List<byte[]>>> batches,
            Function<Received<C>, List<OutRecord>> expander) {
        return pipeline.run(batches, records -> {
            List<OutRecord> out = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : records) {
                admit(type, record, out, received -> {
                    try {
                        out.addAll(expander.apply(received));
                    } catch (RuntimeException e) {
                        LOGGER.errorf(
                                e, "cannot expand a command: topic=%s offset=%d", record.topic(), record.offset());
                        out.add(rejected(type, record, Refusal.INVALID, "the command could not be expanded"));
                    }
                });
            }
            return Uni.createFrom().item(out);
        });
    }

    /**
     * For expanders that must look something up: they get a batch's commands at once, in order. A failure means
     * infrastructure and repeats the batch.
     */
    public <C> Multi<Message<byte[]>> expandBatch(
            CommandType<C> type,
            Multi<Message<List<byte[]>>> batches,
            Function<List<Received<C>>, Uni<List<OutRecord>>> expander) {
        return pipeline.run(batches, records -> {
            List<OutRecord> rejected = new ArrayList<>();
            List<Received<C>> admitted = new ArrayList<>();
            records.forEach(record -> admit(type, record, rejected, admitted::add));
            return admitted.isEmpty()
                    ? Uni.createFrom().item(rejected)
                    : expander.apply(admitted).map(expanded -> {
                        rejected.addAll(expanded);
                        return rejected;
                    });
        });
    }

    private <C> void admit(
            CommandType<C> type,
            ConsumerRecord<String, byte[]> record,
            List<OutRecord> rejected,
            Consumer<Received<C>> admitted) {
        Verdict verdict = verifier.verify(type.topic(), record);
        if (verdict instanceof Verdict.Refused refused) {
            rejected.add(rejected(type, record, refused.reason(), refused.text()));
            return;
        }
        Verdict.Verified verified = (Verdict.Verified) verdict;
        C command;
        try {
            command = Json.read(verified.value(), type.type());
        } catch (MalformedJsonException e) {
            rejected.add(rejected(type, record, Refusal.MALFORMED, e.getMessage()));
            return;
        }
        List<Violation> violations = type.rules().apply(command);
        if (!violations.isEmpty()) {
            String text = violations.stream().map(Violation::text).collect(Collectors.joining("; "));
            rejected.add(rejected(type, record, Refusal.INVALID, text));
            return;
        }
        metrics.counter(METRIC, "topic", type.topic().topicName(), "verdict", "ACCEPTED")
                .increment();
        admitted.accept(new Received<>(verified.appKey(), verified.id(), verified.time(), command));
    }

    private <C> OutRecord rejected(
            CommandType<C> type, ConsumerRecord<String, byte[]> record, Refusal reason, String text) {
        metrics.counter(METRIC, "topic", type.topic().topicName(), "verdict", reason.name())
                .increment();
        LOGGER.warnf(
                "command rejected: topic=%s partition=%d offset=%d reason=%s",
                record.topic(), record.partition(), record.offset(), reason);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        headers.put(REASON, reason.name());
        headers.put(TEXT, text);
        headers.put(POSITION, record.partition() + ":" + record.offset());
        return new OutRecord(type.topic().rejected(), null, record.key(), record.value(), headers);
    }
}

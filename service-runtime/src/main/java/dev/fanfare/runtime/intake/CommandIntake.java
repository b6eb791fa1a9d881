package dev.fanfare.runtime.intake;

import dev.fanfare.contracts.signing.CommandVerifier;
import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import dev.fanfare.runtime.intake.Admission.Admitted;
import dev.fanfare.runtime.intake.Admission.Refused;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import dev.fanfare.runtime.pipeline.RejectedRecord;
import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The door through which commands enter a service. A command that is unsigned, badly signed, stale, not permitted,
 * unreadable or against the rules goes to {@code <topic>.rejected} with the reason in its headers, is counted, and the
 * partition goes on. The others reach the expander in order, one after the other, as fast as the brokers take what came
 * of the last one: however many recipients a batch names, few of their records are in memory.
 */
@ApplicationScoped
public class CommandIntake {

    private static final Logger LOGGER = Logger.getLogger(CommandIntake.class);

    private final RecordPipeline pipeline;
    private final CommandVerifier verifier;
    private final CommandCounts counts;
    private final Tracing tracing;

    CommandIntake(RecordPipeline pipeline, ProducersConfig producers, CommandCounts counts, Tracing tracing) {
        if (producers.keys().isEmpty()) {
            throw new IllegalStateException("Nobody may write commands to this service: set"
                    + " fanfare.producers.<key id>.secret to the secret that the gateway signs with.");
        }
        this.pipeline = pipeline;
        this.verifier = new CommandVerifier(producers.keys());
        this.counts = counts;
        this.tracing = tracing;
    }

    /** For expanders that need nothing but the command. A command on which one throws is rejected, not tried again. */
    public <C> Uni<Void> expandEach(
            CommandType<C> type, Message<List<byte[]>> batch, Function<Received<C>, List<OutRecord>> expander) {
        return expandBatch(type, batch, commands -> Uni.createFrom().item(expander));
    }

    /**
     * For expanders that must look something up first.
     *
     * @param lookup gets a batch's commands at once, in order, and answers with the expander that knows what was found.
     *     Its failure means infrastructure and repeats the batch; the expander's means the command and rejects that one.
     */
    public <C> Uni<Void> expandBatch(
            CommandType<C> type,
            Message<List<byte[]>> batch,
            Function<List<Received<C>>, Uni<Function<Received<C>, List<OutRecord>>>> lookup) {
        CommandDoor<C> door = new CommandDoor<>(type, verifier);
        return pipeline.run(batch, records -> {
            List<Admission<C>> admissions = records.stream()
                    .map(record -> door.admit(record, begin(type, record)))
                    .toList();
            return lookup.apply(admitted(admissions)).map(expander -> (Iterable<OutRecord>) () -> admissions.stream()
                    .flatMap(admission -> expand(type, admission, expander).stream())
                    .iterator());
        });
    }

    private static <C> List<Received<C>> admitted(List<Admission<C>> admissions) {
        return admissions.stream()
                .filter(Admitted.class::isInstance)
                .map(admission -> ((Admitted<C>) admission).received())
                .toList();
    }

    private Span begin(CommandType<?> type, ConsumerRecord<String, byte[]> record) {
        return tracing.begin("expand", record)
                .setAttribute(SpanAttributes.KIND, type.topic().topicName());
    }

    private <C> List<OutRecord> expand(
            CommandType<C> type, Admission<C> admission, Function<Received<C>, List<OutRecord>> expander) {
        Span span = admission.span();
        if (admission instanceof Refused<C> refused) {
            span.setAttribute(SpanAttributes.OUTCOME, refused.reason().name()).end();
            return List.of(rejected(type, refused.record(), refused.reason(), refused.text()));
        }
        try {
            Received<C> received = ((Admitted<C>) admission).received();
            span.setAttribute(SpanAttributes.APP_KEY, received.appKey())
                    .setAttribute(SpanAttributes.MESSAGE_UID, received.id());
            List<OutRecord> expanded = Tracing.carried(span, expander.apply(received));
            counts.accepted(type.topic());
            return expanded;
        } catch (RuntimeException e) {
            LOGGER.error("an expander has a bug", e);
            return List.of(rejected(type, admission.record(), Refusal.INVALID, "the command could not be expanded"));
        } finally {
            span.end();
        }
    }

    private <C> OutRecord rejected(
            CommandType<C> type, ConsumerRecord<String, byte[]> record, Refusal reason, String text) {
        counts.refused(type.topic(), reason);
        LOGGER.warnf(
                "command rejected: topic=%s partition=%d offset=%d reason=%s",
                record.topic(), record.partition(), record.offset(), reason);
        return RejectedRecord.of(type.topic(), record, reason.name(), text);
    }
}

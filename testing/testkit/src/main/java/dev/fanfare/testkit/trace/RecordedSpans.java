package dev.fanfare.testkit.trace;

import dev.fanfare.contracts.signing.CommandHeaders;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

/**
 * The spans that the service under test ended, in place of a collector: as soon as there is such a bean, Quarkus gives them
 * to nobody else. Tests follow a trace of their own, so that they do not see each other's.
 */
@ApplicationScoped
public class RecordedSpans implements SpanExporter {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Queue<SpanData> ALL = new ConcurrentLinkedQueue<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        ALL.addAll(spans);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    /** A trace that nobody else follows. */
    public record Followed(String traceId, String spanId) {

        /** A new one, at its first span. */
        public static Followed begin() {
            return new Followed(
                    IdGenerator.random().generateTraceId(), IdGenerator.random().generateSpanId());
        }

        /** {@code traceparent}, sampled. */
        public String header() {
            return "00-" + traceId + "-" + spanId + "-01";
        }

        /** The same record, as part of it. */
        public ProducerRecord<String, byte[]> on(ProducerRecord<String, byte[]> record) {
            record.headers().add(CommandHeaders.TRACEPARENT, header().getBytes(StandardCharsets.US_ASCII));
            return record;
        }

        /** Its ended spans. */
        public List<SpanData> spans() {
            return ALL.stream()
                    .filter(span -> span.getTraceId().equals(traceId))
                    .toList();
        }

        /** Those of a name, once there are so many. */
        public List<SpanData> await(String name, int count) {
            return await(span -> span.getName().equals(name), count);
        }

        /** The only one of a name. */
        public SpanData await(String name) {
            return await(name, 1).get(0);
        }

        private List<SpanData> await(Predicate<SpanData> which, int count) {
            return Awaitility.await("spans of trace " + traceId)
                    .atMost(PATIENCE)
                    .until(() -> spans().stream().filter(which).toList(), found -> found.size() >= count);
        }
    }
}

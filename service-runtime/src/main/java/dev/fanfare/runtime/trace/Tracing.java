package dev.fanfare.runtime.trace;

import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes spans of what services do with a message, and carries its trace from record to record, in the header
 * {@code traceparent} (W3C trace context, https://www.w3.org/TR/trace-context).
 *
 * <p>A trace begins at the gateway, or with whoever writes a command with that header. Everything after that takes part if
 * the trace is sampled, and only then is there a header: what is done for a message without a trace is one look for it, and
 * with tracing off, the default, not even that. Such a step's span is {@link Span#getInvalid()}, for which everything does
 * nothing.
 *
 * <p>Any thread. Whoever begins a span ends it; one that is forgotten (a step that failed and is tried again) is never
 * exported, and costs nothing.
 */
@Singleton
public class Tracing {

    private static final String SCOPE = "dev.fanfare";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final boolean on;
    private final Tracer tracer;

    @Inject
    Tracing(OpenTelemetry openTelemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
        this(openTelemetry.getTracerProvider(), !off);
    }

    private Tracing(TracerProvider tracers, boolean on) {
        this.on = on;
        this.tracer = tracers.get(SCOPE);
    }

    /** Without a container, for tests. */
    public static Tracing with(TracerProvider tracers) {
        return new Tracing(tracers, true);
    }

    /** Nothing is traced. */
    public static Tracing off() {
        return new Tracing(TracerProvider.noop(), false);
    }

    /** Whether anything is traced at all. */
    public boolean isOn() {
        return on;
    }

    /**
     * A span that may be the first of its trace: the sampler decides.
     *
     * @param carrier whose headers may name the trace that the caller is in
     */
    public <C> Span begin(String name, SpanKind kind, C carrier, TextMapGetter<C> headers) {
        return on
                ? tracer.spanBuilder(name)
                        .setSpanKind(kind)
                        .setParent(W3C.extract(Context.root(), carrier, headers))
                        .startSpan()
                : Span.getInvalid();
    }

    /** A span of something that is in a trace already. */
    public Span begin(String name, SpanKind kind, SpanContext parent) {
        return on && parent.isSampled()
                ? tracer.spanBuilder(name)
                        .setSpanKind(kind)
                        .setParent(Context.root().with(Span.wrap(parent)))
                        .startSpan()
                : Span.getInvalid();
    }

    /** A span of what is done with a record. */
    public Span begin(String name, ConsumerRecord<?, ?> record) {
        SpanContext parent = of(record);
        return parent.isSampled()
                ? begin(name, SpanKind.CONSUMER, parent)
                        .setAttribute(
                                SpanAttributes.RECORD_AGE, Math.max(0, System.currentTimeMillis() - record.timestamp()))
                : Span.getInvalid();
    }

    /** The place in a trace that a record names; not valid if it names none, or nothing is traced. */
    public SpanContext of(ConsumerRecord<?, ?> record) {
        return on && record.headers().lastHeader(CommandHeaders.TRACEPARENT) != null
                ? spanIn(W3C.extract(Context.root(), record.headers(), RecordHeaders.GETTER))
                : SpanContext.getInvalid();
    }

    /** The place that was kept as {@link #header}. */
    public SpanContext of(String header) {
        return on && header != null
                ? spanIn(W3C.extract(
                        Context.root(), Map.of(CommandHeaders.TRACEPARENT, header), RecordHeaders.MAP_GETTER))
                : SpanContext.getInvalid();
    }

    private static SpanContext spanIn(Context context) {
        return Span.fromContext(context).getSpanContext();
    }

    /** The place of a span as {@code traceparent}; null if nobody would follow it. */
    public static String header(Span span) {
        return headers(span).get(CommandHeaders.TRACEPARENT);
    }

    /** The headers of what comes of a span; none if nobody would follow them. */
    public static Map<String, String> headers(Span span) {
        if (!span.getSpanContext().isSampled()) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        W3C.inject(Context.root().with(span), headers, Map::put);
        return headers;
    }

    /** The same record, as what came of the span. */
    public static OutRecord carried(Span span, OutRecord record) {
        Map<String, String> headers = headers(span);
        return headers.isEmpty() ? record : record.with(headers);
    }

    /** The same records, as what came of the span. */
    public static List<OutRecord> carried(Span span, List<OutRecord> records) {
        Map<String, String> headers = headers(span);
        if (headers.isEmpty()) {
            return records;
        }
        span.setAttribute(SpanAttributes.RECORDS, records.size());
        return records.stream().map(record -> record.with(headers)).toList();
    }

    /**
     * The same where records are some of very many: one of each topic goes on with the trace and stands for the others, so
     * that the spans of a message to a million users are as few as its chunks.
     */
    public static List<OutRecord> carriedByOne(Span span, List<OutRecord> records) {
        Map<String, String> headers = headers(span);
        if (headers.isEmpty()) {
            return records;
        }
        span.setAttribute(SpanAttributes.RECORDS, records.size());
        Set<Topic> carried = EnumSet.noneOf(Topic.class);
        List<OutRecord> all = new ArrayList<>(records.size());
        for (OutRecord record : records) {
            all.add(carried.add(record.topic()) ? record.with(headers) : record);
        }
        return all;
    }
}

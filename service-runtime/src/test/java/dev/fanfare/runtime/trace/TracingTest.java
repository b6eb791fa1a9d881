package dev.fanfare.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

    private final SdkTracerProvider provider = SdkTracerProvider.builder().build();
    private final Tracing tracing = Tracing.with(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void aRecordsTraceGoesOnInWhatComesOfIt() {
        // Given
        Span span = tracing.begin("step", record(PARENT));

        // When
        List<OutRecord> carried = Tracing.carried(span, List.of(out(Topic.DELIVERY_NODE), out(Topic.DELIVERY_PUSH)));

        // Then
        SpanData data = ((ReadableSpan) span).toSpanData();
        assertThat(data.getTraceId()).isEqualTo(TRACE_ID);
        assertThat(data.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(data.getAttributes().get(SpanAttributes.RECORDS)).isEqualTo(2);
        assertThat(carried)
                .extracting(OutRecord::headers)
                .containsOnly(Map.of("kind", "x", "traceparent", "00-" + TRACE_ID + "-" + data.getSpanId() + "-01"));
    }

    @Test
    void ofVeryManyOneOfEachTopicGoesOn() {
        // Given
        Span span = tracing.begin("step", record(PARENT));

        // When
        List<OutRecord> carried = Tracing.carriedByOne(
                span,
                List.of(
                        out(Topic.DELIVERY_NODE),
                        out(Topic.DELIVERY_PUSH),
                        out(Topic.DELIVERY_PUSH),
                        out(Topic.DELIVERY_NODE)));

        // Then
        assertThat(carried)
                .extracting(record -> record.headers().containsKey("traceparent"))
                .containsExactly(true, true, false, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "something else",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void whatNamesNoSampledTraceMakesNoSpan(String header) {
        // Given
        List<OutRecord> records = List.of(out(Topic.DELIVERY_NODE));

        // When
        Span span = tracing.begin("step", record(header));

        // Then
        assertThat(span).isSameAs(Span.getInvalid());
        assertThat(Tracing.carried(span, records)).isSameAs(records);
        assertThat(Tracing.carriedByOne(span, records)).isSameAs(records);
        assertThat(Tracing.header(span)).isNull();
        assertThat(tracing.of(header).isSampled()).isFalse();
    }

    @Test
    void aPlaceThatWasKeptIsFoundAgain() {
        // Given
        Span span = tracing.begin("step", record(PARENT));

        // When
        String kept = Tracing.header(span);

        // Then
        assertThat(tracing.of(kept).getSpanId()).isEqualTo(span.getSpanContext().getSpanId());
        assertThat(tracing.of((String) null).isValid()).isFalse();
    }

    @Test
    void switchedOffNothingIsLookedAt() {
        // Given
        Tracing off = Tracing.off();

        // When
        Span span = off.begin("step", record(PARENT));

        // Then
        assertThat(off.isOn()).isFalse();
        assertThat(span).isSameAs(Span.getInvalid());
        assertThat(off.of(PARENT).isValid()).isFalse();
        assertThat(off.of(record(PARENT)).isValid()).isFalse();
    }

    private static ConsumerRecord<String, byte[]> record(String traceparent) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("topic", 0, 0, "key", new byte[0]);
        record.headers().add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    private static OutRecord out(Topic topic) {
        return new OutRecord(topic, null, "key", new byte[0], Map.of("kind", "x"));
    }
}

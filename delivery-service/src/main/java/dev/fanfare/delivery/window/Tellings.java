package dev.fanfare.delivery.window;

import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The broadcasts that are being told and that somebody follows. One thread. */
final class Tellings {

    /** Beyond that nobody looks at single ones. */
    private static final int MAX = 1_000;

    private final Tracing tracing;
    /** What is older came before this node was here. */
    private final long since;

    private final List<Open> open = new ArrayList<>();

    Tellings(Tracing tracing, long since) {
        this.tracing = tracing;
        this.since = since;
    }

    private record Open(String appKey, long offset, Telling telling) {}

    /** The same broadcast, with its telling if somebody follows it. */
    Broadcast begin(Broadcast broadcast, ConsumerRecord<?, ?> record) {
        if (!tracing.isOn() || broadcast.time() < since || open.size() >= MAX) {
            return broadcast;
        }
        Span span = tracing.begin("tell sessions", record);
        if (!span.isRecording()) {
            return broadcast;
        }
        span.setAttribute(SpanAttributes.APP_KEY, broadcast.appKey())
                .setAttribute(SpanAttributes.MESSAGE_UID, broadcast.messageUid())
                .setAttribute(SpanAttributes.KIND, broadcast.inApp().name());
        Telling telling = new Telling(span);
        open.add(new Open(broadcast.appKey(), broadcast.offset(), telling));
        return broadcast.followed(telling);
    }

    /** @param servedUpTo see {@link BroadcastListener#servedUpTo} */
    void endThoseServed(ToLongFunction<String> servedUpTo) {
        open.removeIf(each -> {
            boolean served = servedUpTo.applyAsLong(each.appKey) >= each.offset;
            if (served) {
                each.telling.end();
            }
            return served;
        });
    }
}

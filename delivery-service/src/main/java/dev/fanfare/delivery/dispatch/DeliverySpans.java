package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.runtime.trace.SpanAttributes;
import io.opentelemetry.api.trace.Span;

/** What spans of dispatch and mailbox say of a delivery. */
public final class DeliverySpans {

    private DeliverySpans() {}

    /** The same span. */
    public static Span describe(Span span, DirectDelivery delivery) {
        return span.setAttribute(SpanAttributes.APP_KEY, delivery.appKey())
                .setAttribute(SpanAttributes.MESSAGE_UID, delivery.message().messageUID())
                .setAttribute(SpanAttributes.KIND, delivery.policy().name())
                .setAttribute(SpanAttributes.USERS, delivery.userIds().size());
    }
}

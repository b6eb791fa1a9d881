package dev.fanfare.runtime.trace;

import dev.fanfare.contracts.signing.CommandHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The W3C trace context of a caller ({@code traceparent}, version 00, https://www.w3.org/TR/trace-context). It is passed on
 * as it is: Fanfare makes no spans of its own. What is not in the form of the recommendation is left out, so that nobody can
 * send other things along.
 */
public final class TraceParent {

    /** Trace id and span id are not all zero. */
    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** @param header null if there is none */
    public static Optional<String> of(String header) {
        return Optional.ofNullable(header).filter(text -> FORM.matcher(text).matches());
    }

    public static Optional<String> of(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(CommandHeaders.TRACEPARENT);
        return header == null || header.value() == null
                ? Optional.empty()
                : of(new String(header.value(), StandardCharsets.US_ASCII));
    }
}

package dev.fanfare.runtime.intake;

import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import io.opentelemetry.api.trace.Span;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the door said to a command. */
sealed interface Admission<C> {

    ConsumerRecord<String, byte[]> record();

    /** Of what is done with the command. */
    Span span();

    record Admitted<C>(ConsumerRecord<String, byte[]> record, Span span, Received<C> received)
            implements Admission<C> {}

    /** @param text what is wrong, without any of the content */
    record Refused<C>(ConsumerRecord<String, byte[]> record, Span span, Refusal reason, String text)
            implements Admission<C> {}
}

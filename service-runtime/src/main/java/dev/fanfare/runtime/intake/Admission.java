package dev.fanfare.runtime.intake;

import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the door said to a command. */
sealed interface Admission<C> {

    ConsumerRecord<String, byte[]> record();

    record Admitted<C>(ConsumerRecord<String, byte[]> record, Received<C> received) implements Admission<C> {}

    /** @param text what is wrong, without any of the content */
    record Refused<C>(ConsumerRecord<String, byte[]> record, Refusal reason, String text) implements Admission<C> {}
}

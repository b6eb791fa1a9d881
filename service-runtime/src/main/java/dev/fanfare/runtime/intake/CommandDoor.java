package dev.fanfare.runtime.intake;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.contracts.signing.CommandVerifier;
import dev.fanfare.contracts.signing.CommandVerifier.Refusal;
import dev.fanfare.contracts.signing.CommandVerifier.Verdict;
import dev.fanfare.runtime.intake.Admission.Admitted;
import dev.fanfare.runtime.intake.Admission.Refused;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Decides on one command: its size, its signature, its shape, its rules, in this order. Never throws. */
record CommandDoor<C>(CommandType<C> type, CommandVerifier verifier) {

    private static final Logger LOGGER = Logger.getLogger(CommandDoor.class);

    Admission<C> admit(ConsumerRecord<String, byte[]> record, Span span) {
        if (record.value() != null && record.value().length > Limits.COMMAND_BYTES) {
            return new Refused<>(
                    record, span, Refusal.INVALID, "the value has more than " + Limits.COMMAND_BYTES + " bytes");
        }
        Verdict verdict = verifier.verify(type.topic(), record);
        if (verdict instanceof Verdict.Refused refused) {
            return new Refused<>(record, span, refused.reason(), refused.text());
        }
        Verdict.Verified verified = (Verdict.Verified) verdict;
        // No database takes a NUL in a text: such a key would hold up all commands behind it.
        return verified.appKey().chars().anyMatch(Character::isISOControl)
                ? new Refused<>(record, span, Refusal.INVALID, "the app key must not contain control characters")
                : read(record, span, verified);
    }

    private Admission<C> read(ConsumerRecord<String, byte[]> record, Span span, Verdict.Verified verified) {
        C command;
        try {
            command = Json.read(verified.value(), type.type());
        } catch (MalformedJsonException e) {
            return new Refused<>(record, span, Refusal.MALFORMED, e.getMessage());
        }
        String wrong = check(command);
        return wrong.isEmpty()
                ? new Admitted<>(record, span, received(verified, command, span))
                : new Refused<>(record, span, Refusal.INVALID, wrong);
    }

    private Received<C> received(Verdict.Verified verified, C command, Span span) {
        return new Received<>(verified.appKey(), verified.id(), verified.time(), command, Tracing.header(span));
    }

    private String check(C command) {
        try {
            return type.rules().apply(command).stream().map(Violation::text).collect(Collectors.joining("; "));
        } catch (RuntimeException e) {
            LOGGER.error("a rule has a bug", e);
            return "the command could not be checked";
        }
    }
}

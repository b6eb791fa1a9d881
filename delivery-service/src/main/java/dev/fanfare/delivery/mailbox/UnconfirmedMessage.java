package dev.fanfare.delivery.mailbox;

import dev.fanfare.delivery.dispatch.KeptMessage;
import io.opentelemetry.api.trace.Span;
import java.util.Set;

/**
 * A message of an inbox that some of its devices did not confirm here.
 *
 * @param key of the record
 * @param reroutes how often the record was sent on so far
 * @param span of what is done with it here
 */
record UnconfirmedMessage(String key, KeptMessage message, int reroutes, Span span) {

    UnconfirmedMessage without(Set<String> devices) {
        return new UnconfirmedMessage(key, message.forDevices(device -> !devices.contains(device)), reroutes, span);
    }
}

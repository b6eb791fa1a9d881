package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * Where a message is in its user's inbox, and who of the user's devices depends on the node that it is sent to.
 *
 * @param epoch of the inbox
 * @param offset of the message
 * @param pushDevices devices with a push token whose sessions that node has: those that do not confirm the message there
 *     get a push
 */
@JsonPropertyOrder({"epoch", "offset", "pushDevices"})
public record InboxPlace(long epoch, long offset, List<String> pushDevices) {}

package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A delivery on its way to the node that holds its users' sessions: a record of {@code fanfare.delivery.node.v1}, in the
 * partition that is that node's mailbox. It has no {@code ce_type}; other types of this topic do ({@link SessionEnd}).
 *
 * @param reroutes how often a node found the users not to be with it and sent the record on
 * @param inbox of a message that is kept for its one user; null for one of the moment
 * @param pushDevices devices with a push token whose sessions that node has: those that do not confirm the message there
 *     get a push; null for a message of the moment
 */
@JsonPropertyOrder({"delivery", "reroutes", "inbox", "pushDevices"})
public record NodeDelivery(DirectDelivery delivery, int reroutes, InboxPlace inbox, List<String> pushDevices) {}

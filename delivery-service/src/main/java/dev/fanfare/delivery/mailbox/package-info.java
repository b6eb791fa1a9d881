/**
 * The mailbox: how a delivery reaches the node that holds the user's sessions. The nodes form one consumer group on
 * {@code fanfare.delivery.node.v1}; the partitions that Kafka gives to a node are its addresses.
 *
 * <p>Guarantees. At least once. A message of an inbox is done, and its record committed, when each device that depends on
 * it has confirmed it, or was handed on: to another mailbox, or as a push job. So no duty ends with a node. A record whose
 * user is not with this node is never dropped: presence is asked again and the record sent on, at most {@value
 * dev.fanfare.delivery.mailbox.MailboxRule#MAX_REROUTES} times, and then, or when no live session is left, its devices are
 * pushed to. Before a partition is released the sessions that had it as their address are announced under another one.
 */
package dev.fanfare.delivery.mailbox;

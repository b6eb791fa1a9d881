/**
 * How many sessions a user and a device may have at the same time, on all nodes together. The oldest go, with 4501, which
 * SDKs take as final.
 *
 * <p>Guarantees. A session is announced to presence and reads the entries of its user in one step, so of two that come at
 * the same moment, on whatever nodes and with whatever clocks, the later one in Redis sees the earlier one and never the
 * other way round: they cannot end each other. The newcomer itself never goes. Best effort: while Redis is away, when
 * Kafka drops what ends a session of another node, and while a mailbox changes hands, a session too many stays until the
 * next one comes.
 */
package dev.fanfare.delivery.limit;

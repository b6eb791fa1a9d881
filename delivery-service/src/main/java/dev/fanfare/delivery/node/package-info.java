/**
 * This process as others see it: its identity, whether it is alive, the mailboxes that are its addresses.
 *
 * <p>A node is alive as long as its epoch key is in Redis; it renews the key, nobody else touches it. Its mailboxes are the
 * partitions of {@code fanfare.delivery.node.v1} that Kafka gave it: membership is Kafka's business, not ours.
 */
package dev.fanfare.delivery.node;

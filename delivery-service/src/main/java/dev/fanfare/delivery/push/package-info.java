/**
 * Push notifications: reads {@code fanfare.delivery.push.v1} and hands each job to a provider behind {@link
 * dev.fanfare.delivery.push.PushSender}, whose answer has three forms ({@link dev.fanfare.delivery.push.PushResult}).
 *
 * <p>Guarantees. Whether a message is pushed at all is {@link dev.fanfare.delivery.push.PushRule}'s alone, asked before a
 * job is written. A job is worked on until the provider accepts or rejects it, in the order of each app and user; its
 * outcome is written before its offset is committed. A crash in between may push twice.
 */
package dev.fanfare.delivery.push;

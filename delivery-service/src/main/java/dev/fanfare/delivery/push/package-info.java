/**
 * Push notifications: reads {@code fanfare.delivery.push.v1} and hands each device's push to its provider behind {@link
 * dev.fanfare.delivery.push.PushSender}, whose answer has three forms ({@link dev.fanfare.delivery.push.PushResult}).
 *
 * <p>Guarantees. Whether a message is pushed at all is {@link dev.fanfare.delivery.push.PushRule}'s alone, asked before a
 * job is written. A job ends with one outcome for each device, written before its offset is committed: {@code PUSHED},
 * {@code REJECTED}, {@code EXPIRED} or {@code DROPPED}. Pushes are in no order. What a provider cannot take now waits in a
 * delay topic ({@code push.retry}) and is tried until its time is over; what a person may repair is a dead letter ({@code
 * push.dead}). Each credential has a lane of its own ({@code push.lane}): what hangs there holds up no other credential,
 * and not the topic.
 *
 * <p>What a provider has accepted is remembered ({@code push.sent}) before it is told, and asked for before anything is
 * sent. So after a crash a push goes out again only if it had been accepted and was not remembered yet, some milliseconds;
 * for those providers have collapse ids. A partition moves to another node when what is under way is remembered.
 *
 * <p>Read in this order: {@code PushWorker} (the topics), {@code PushRound} (what must be known), {@code PushAttempt} (what
 * follows from an answer), {@code lane.Lane}.
 */
package dev.fanfare.delivery.push;

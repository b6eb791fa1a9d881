/**
 * The inboxes: what was sent to a user in person waits in PostgreSQL until each of the user's devices has it, or its time
 * is over. An inbox is a stream of its user's messages, with an epoch and offsets that grow by one; a device is a position
 * in it.
 *
 * <p>Guarantees. A message is in its inbox once, however often it is stored, and keeps its offset. Whoever asks for what
 * comes after an offset gets all of it that is still kept, in order. A position never goes backwards within an epoch.
 */
package dev.fanfare.delivery.inbox;

/**
 * Online or push: reads {@code fanfare.delivery.direct.v1}, puts what is kept into the inboxes, asks presence about all
 * users of a batch at once, and writes what follows for each: the message to the mailboxes of the nodes that hold sessions
 * of the user, a push job for the devices that are nowhere, outcomes.
 *
 * <p>Guarantees. At least once, in the order of each app and user. A message is in its inbox before anybody is looked for,
 * so a session that is not found finds it there. A user counts as online if any live node claims a session. Each record for
 * a mailbox names the devices that depend on it; a device is named once for each of its sessions, and gets a push when it
 * has none, or confirmed to none. While PostgreSQL or Redis is away, or Redis has lost its data a moment ago, personal
 * messages wait; broadcasts do not pass here.
 */
package dev.fanfare.delivery.dispatch;

/**
 * Where is user U? In Redis, a hash per app and user: session id to the mailbox, the node, the device of the session.
 *
 * <p>Guarantees. An entry is written before the client's connect reply and removed when the session closes; what a dead
 * node leaves behind is recognised by the node's missing epoch key, ignored and removed. Presence may be wrong for a
 * moment in both directions: whoever delivers by it must be able to route on. Redis may lose everything at any moment:
 * nodes notice by the generation key, announce their sessions again at a bounded rate, and until they had the time to do
 * so presence counts as unsettled and nobody is believed to be offline.
 */
package dev.fanfare.delivery.presence;

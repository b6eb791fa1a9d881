/**
 * How far each device has read its app's broadcasts, kept in Redis as long as anything up to there is held, which is
 * about the length of the window, or days in an app with kept broadcasts: an app that was
 * killed remembers nothing, and continues where it was if it names itself with the same device id.
 *
 * <p>Guarantees. A position never goes backwards within an epoch, whichever node writes last. Nothing is promised beyond
 * that: what was not written when a node was killed, or while Redis is away, is not known, and the device gets those
 * broadcasts of the window again, under the same messageUIDs. It never loses one by it.
 */
package dev.fanfare.delivery.position;

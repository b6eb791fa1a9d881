/**
 * What became of each message for each user: {@code fanfare.delivery.outcome.v1}, public, keyed by app and user.
 *
 * <p>At least once for what the server did (the outcome is written before the offset of its cause is committed), best
 * effort for what clients acknowledge. Messages that are for online users only have no outcome for each of them: a group
 * status for 3,000 members would be 3,000; they and broadcasts are counted ({@code DeliveryCount}), by app and message.
 * Records of internal topics that nobody can read go to {@code fanfare.delivery.rejected.v1}.
 */
package dev.fanfare.delivery.outcome;

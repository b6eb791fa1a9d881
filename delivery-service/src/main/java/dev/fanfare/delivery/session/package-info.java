/**
 * Client sessions: one object per connection, on one event loop, from the connect command to the close. What a session
 * says and is told is in {@code protocol}; where its broadcasts come from in {@code window}; how its bytes travel behind
 * {@link dev.fanfare.delivery.session.Link}.
 *
 * <p>Guarantees: a session gets each broadcast of its app once and in order, from its {@code CatchUp} on; a personal
 * message once per {@code messageUID}. A reader that is too slow is cut, and catches up when it comes back.
 */
package dev.fanfare.delivery.session;

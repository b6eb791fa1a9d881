/**
 * The client edge: the Netty server on which app clients connect, on the event loops that Quarkus runs on anyway. It
 * turns connections into {@link dev.fanfare.delivery.session.Session}s and frames into calls; everything else is behind
 * the session.
 */
package dev.fanfare.delivery.edge;

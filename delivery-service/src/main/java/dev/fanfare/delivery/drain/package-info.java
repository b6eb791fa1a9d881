/**
 * Leaving without being missed: a node that shall end is no longer ready, takes no new client, sends its sessions away a few
 * at a time so that the others are not stormed, and ends when the last one is gone.
 */
package dev.fanfare.delivery.drain;

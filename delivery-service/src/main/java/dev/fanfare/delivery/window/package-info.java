/**
 * The 10-minute window of broadcasts: what a client that was away, or is new, gets when it connects. The window is
 * {@code fanfare.delivery.stream.v1} itself, held in memory on every node; positions are the topic's offsets, so they are
 * the same on all nodes and after any restart. It knows no session and no wire format.
 */
package dev.fanfare.delivery.window;

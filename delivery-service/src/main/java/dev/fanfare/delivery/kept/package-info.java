/**
 * Broadcasts that are kept for days, in PostgreSQL: one consumer group writes them and what was taken back, and a node
 * that starts reads them before its part of the stream.
 */
package dev.fanfare.delivery.kept;

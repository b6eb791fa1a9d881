/**
 * The ledger: what became of each message, kept in PostgreSQL for whoever asks. Written from {@code
 * fanfare.delivery.outcome.v1} alone, like any other reader of that topic could.
 *
 * <p>At least once in, once kept: an outcome of a recipient's device is one row however often it is told, and a count is
 * added once. Goes with the day of its message.
 */
package dev.fanfare.delivery.ledger;

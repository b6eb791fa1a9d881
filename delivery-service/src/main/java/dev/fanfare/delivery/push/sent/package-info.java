/**
 * Which pushes a provider has accepted, kept in PostgreSQL as long as their jobs may be read again: after a crash they are
 * told again, and not pushed again.
 */
package dev.fanfare.delivery.push.sent;

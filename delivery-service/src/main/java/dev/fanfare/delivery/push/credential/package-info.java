/**
 * What an app shows a push provider, for several providers at the same time: kept in PostgreSQL, encrypted, entered over
 * the internal API, and never told again.
 */
package dev.fanfare.delivery.push.credential;

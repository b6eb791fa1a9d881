/** When users do not want to be disturbed, kept in PostgreSQL. */
package dev.fanfare.delivery.quiet;

/** What is kept for some days in PostgreSQL goes with the partition of its day. */
package dev.fanfare.delivery.partition;

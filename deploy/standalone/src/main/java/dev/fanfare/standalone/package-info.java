/**
 * Everything of Fanfare on one machine, by one command: {@code ./fanfare up} runs it, {@code demo} shows it, {@code send}
 * and {@code listen} try it from the shell. Not for production: one broker, no replication, demo credentials.
 */
package dev.fanfare.standalone;

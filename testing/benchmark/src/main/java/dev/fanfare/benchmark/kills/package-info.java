/** A run in which processes are killed, and the books that are balanced after it. */
package dev.fanfare.benchmark.kills;

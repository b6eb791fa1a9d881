/**
 * The command {@code ./fanfare bench}: what the packaged product does in figures, each beside a baseline of the same run
 * on the same machine. Nothing in here is part of the product, and nothing in the product knows of it.
 */
package dev.fanfare.benchmark;

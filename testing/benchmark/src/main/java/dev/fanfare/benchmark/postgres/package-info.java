/** The baseline of what is stored. */
package dev.fanfare.benchmark.postgres;

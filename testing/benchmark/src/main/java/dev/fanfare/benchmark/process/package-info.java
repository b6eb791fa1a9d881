/** The processes of a measurement beside the product: load generator, baselines, and on which core they run. */
package dev.fanfare.benchmark.process;

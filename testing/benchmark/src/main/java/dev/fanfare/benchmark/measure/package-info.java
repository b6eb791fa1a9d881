/** The benchmarks, one class each. */
package dev.fanfare.benchmark.measure;

/** What becomes of measured numbers: plain functions. */
package dev.fanfare.benchmark.figures;

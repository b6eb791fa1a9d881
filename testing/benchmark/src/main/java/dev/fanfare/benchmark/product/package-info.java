/** The product under test: an installation of its own, tuned for measuring, and who writes to it. */
package dev.fanfare.benchmark.product;

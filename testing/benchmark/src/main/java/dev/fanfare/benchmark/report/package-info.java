/** How figures are kept and shown. */
package dev.fanfare.benchmark.report;

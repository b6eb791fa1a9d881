/** Our metrics, and the page about them. */
package dev.fanfare.testkit.metrics;

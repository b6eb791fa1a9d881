/** How things are measured that every service has. */
package dev.fanfare.runtime.metrics;

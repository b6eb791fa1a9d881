/** How the trace of a caller goes on through Kafka. */
package dev.fanfare.runtime.trace;

/** How one trace is made of what all services do with a message, see docs/operate/tracing.md. */
package dev.fanfare.runtime.trace;

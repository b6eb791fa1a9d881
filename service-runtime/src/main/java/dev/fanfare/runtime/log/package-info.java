/** The form of the log. */
package dev.fanfare.runtime.log;

/** What services say of what they do with a message that somebody follows. */
package dev.fanfare.testkit.trace;

/** The topics of the catalogue on brokers that are not Fanfare's own. */
package dev.fanfare.runtime.topic;

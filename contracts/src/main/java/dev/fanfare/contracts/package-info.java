/**
 * The public contract of Fanfare on Kafka, in plain Java: what a record looks like, where it goes, who may have written
 * it and what limits it keeps. Every service depends on this module; it depends on none.
 */
package dev.fanfare.contracts;

/**
 * The infrastructure that Fanfare needs, run on this machine's loopback without anything installed. Meant for standalone
 * mode and for tests: one broker, no replication, no authentication.
 */
package dev.fanfare.embedded;

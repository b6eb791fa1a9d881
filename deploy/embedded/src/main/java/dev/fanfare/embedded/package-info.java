/**
 * The infrastructure that Fanfare needs, run on this machine's loopback without anything installed. Meant for standalone
 * mode and for tests: one broker, no replication, and no authentication unless whoever starts a server
 * configures it.
 */
package dev.fanfare.embedded;

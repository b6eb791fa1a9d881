/**
 * What is deployed, against the code: manifests and compose file are read as an operator's tools would read them, and
 * compared with what the sources say of ports, configuration, topics and who talks to whom.
 */
package dev.fanfare.manifests;

/**
 * Push providers on loopback that take what the vendor would take, refuse what it would refuse, with its own words, and
 * fail when they are told to. What they took can be looked at: pushes of a demo or a test arrive somewhere.
 */
package dev.fanfare.fakes;

/** The HTTP side of Fanfare: whatever a caller may do is checked here, and nothing is delivered from here. */
package dev.fanfare.gateway;

/** Honor's push on loopback. */
package dev.fanfare.fakes.honor;

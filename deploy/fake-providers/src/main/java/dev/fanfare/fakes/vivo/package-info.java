/** vivo's push on loopback. */
package dev.fanfare.fakes.vivo;

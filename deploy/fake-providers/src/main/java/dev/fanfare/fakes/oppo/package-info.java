/** OPPO PUSH on loopback. */
package dev.fanfare.fakes.oppo;

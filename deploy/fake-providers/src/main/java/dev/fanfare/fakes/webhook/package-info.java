/** A receiver of Fanfare's push webhook, on loopback. */
package dev.fanfare.fakes.webhook;

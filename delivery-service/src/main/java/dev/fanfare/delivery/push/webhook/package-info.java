/** The webhook: the app's own receiver, for every way to a device that Fanfare does not speak itself. */
package dev.fanfare.delivery.push.webhook;

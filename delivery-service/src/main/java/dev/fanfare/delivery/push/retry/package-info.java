/** When a push that could not be done is tried again, and in which delay topic it waits until then. */
package dev.fanfare.delivery.push.retry;

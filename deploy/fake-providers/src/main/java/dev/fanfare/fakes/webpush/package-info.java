/** A browser's push service, and the browsers behind it. */
package dev.fanfare.fakes.webpush;

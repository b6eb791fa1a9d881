/** Apple's push service. */
package dev.fanfare.fakes.apns;

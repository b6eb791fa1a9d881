/** Who may connect: the signed token, and whether the user's tokens of that time are still valid. No database call. */
package dev.fanfare.delivery.access;

/**
 * Who may connect and stay: the token, ours or ZIM's, whether the user's tokens of that time are still valid, and whether the
 * user is blocked. No database call.
 */
package dev.fanfare.delivery.access;

/** What a node knows of each app: settings that are made at the gateway. No database call. */
package dev.fanfare.delivery.app;

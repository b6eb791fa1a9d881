/** When this service can do its work. */
package dev.fanfare.groupstatus.health;

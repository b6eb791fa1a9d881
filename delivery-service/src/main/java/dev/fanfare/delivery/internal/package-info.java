/** What the resources of internal HTTP have in common. */
package dev.fanfare.delivery.internal;

/**
 * Web Push: any push service that a browser chose (RFC 8030), with voluntary identification (RFC 8292) and messages that
 * only the browser can read (RFC 8291). The JDK's cryptography; nothing here knows a particular service.
 */
package dev.fanfare.delivery.push.webpush;

/** Firebase Cloud Messaging by its HTTP v1 API. */
package dev.fanfare.delivery.push.fcm;

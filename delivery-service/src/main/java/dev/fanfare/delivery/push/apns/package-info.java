/** Apple's push service: payloads as RongCloud's iOS SDK reads them, over Pushy's HTTP/2 client. */
package dev.fanfare.delivery.push.apns;

/** OPPO PUSH. */
package dev.fanfare.delivery.push.oppo;

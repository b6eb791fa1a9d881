/** Honor's push. */
package dev.fanfare.delivery.push.honor;

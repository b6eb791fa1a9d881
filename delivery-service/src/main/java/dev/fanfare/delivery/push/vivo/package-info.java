/** vivo's push. */
package dev.fanfare.delivery.push.vivo;

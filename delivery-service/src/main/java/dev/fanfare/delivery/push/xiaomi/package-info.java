/** Xiaomi's MiPush. */
package dev.fanfare.delivery.push.xiaomi;

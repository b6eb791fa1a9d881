/** Xiaomi's MiPush on loopback. */
package dev.fanfare.fakes.xiaomi;

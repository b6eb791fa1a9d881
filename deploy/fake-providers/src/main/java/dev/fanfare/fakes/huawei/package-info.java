/** Huawei Push Kit and its account server. */
package dev.fanfare.fakes.huawei;

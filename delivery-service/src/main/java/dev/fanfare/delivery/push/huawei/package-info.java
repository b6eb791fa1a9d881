/** Huawei Push Kit by its HTTP API. */
package dev.fanfare.delivery.push.huawei;

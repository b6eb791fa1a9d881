package dev.fanfare.delivery.device;

/** A user of an app, who may have devices. */
public record DeviceOwner(String appKey, String userId) {}

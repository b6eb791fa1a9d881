package dev.fanfare.delivery.device;

/** Names a device of a user of an app. */
public record DeviceRef(String appKey, String userId, String deviceId) {}

package dev.fanfare.delivery.push.sent;

import dev.fanfare.delivery.device.DeviceRef;

/** Names a push: a message for a device. */
public record PushKey(DeviceRef device, String messageUid) {}

package dev.fanfare.delivery.device;

/**
 * A device of some user that has a token.
 *
 * @param provider the name of the {@code PushProvider}
 */
public record ReachableDevice(String deviceId, String provider) {}

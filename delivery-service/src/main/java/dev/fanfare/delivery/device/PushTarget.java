package dev.fanfare.delivery.device;

/**
 * A device to which a push may go.
 *
 * @param quiet its user does not want to be disturbed now
 */
public record PushTarget(Device device, boolean quiet) {}

package dev.fanfare.gateway.device;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A device of a user that can be pushed to.
 *
 * @param registeredAt ms since 1970
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegisteredDevice(
        String deviceId,
        String provider,
        String environment,
        String appId,
        String locale,
        String timeZone,
        long registeredAt) {}

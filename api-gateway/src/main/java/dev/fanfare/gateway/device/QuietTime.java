package dev.fanfare.gateway.device;

/**
 * When a user does not want to be disturbed by pushes, every day.
 *
 * @param startTime {@code HH:mm:ss} by the clock of the user's device
 * @param level RongCloud's
 */
public record QuietTime(String startTime, int periodMinutes, int level) {}

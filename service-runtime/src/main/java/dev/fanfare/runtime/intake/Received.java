package dev.fanfare.runtime.intake;

import java.time.Instant;

/**
 * A command that was verified and found valid.
 *
 * @param id {@code ce_id}
 * @param time when it was given, {@code ce_time}: the {@code sentTime} of its messages
 */
public record Received<C>(String appKey, String id, Instant time, C command) {}

package dev.fanfare.gateway.user;

import java.time.Instant;

/** A user who may not connect, until then. */
public record BlockedUser(String userId, Instant until) {}

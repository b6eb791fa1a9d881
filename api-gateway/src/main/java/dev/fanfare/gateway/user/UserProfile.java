package dev.fanfare.gateway.user;

import java.time.Instant;

/** What a push shows of a sender. */
public record UserProfile(String userId, String name, String portraitUri, Instant createdAt) {}

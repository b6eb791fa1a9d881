package dev.fanfare.gateway.user;

import java.time.Instant;

/**
 * What a push shows of a sender, and what other users may see.
 *
 * @param extra the app's own, by ZIM's API only
 */
public record UserProfile(String userId, String name, String portraitUri, String extra, Instant createdAt) {}

package dev.fanfare.delivery.push.sent;

/**
 * A push that a provider has accepted.
 *
 * @param providerId under which the provider knows it; null if it gave none
 */
public record SentPush(PushKey key, String provider, String providerId) {}

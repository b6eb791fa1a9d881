package dev.fanfare.delivery.push.credential;

/** Names a credential: one for each app and provider. */
public record CredentialKey(String appKey, String provider) {}

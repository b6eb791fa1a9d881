package dev.fanfare.delivery.push.credential;

import dev.fanfare.contracts.Secret;
import java.time.Instant;
import java.util.Map;

/**
 * What an app shows a push provider.
 *
 * @param settings by the names of the provider's
 * @param updatedAt when it was entered: another time, another credential
 */
public record Credential(CredentialKey key, Map<String, Secret> settings, Instant updatedAt) {}

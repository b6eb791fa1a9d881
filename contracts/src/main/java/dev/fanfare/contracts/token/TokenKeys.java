package dev.fanfare.contracts.token;

import dev.fanfare.contracts.Secret;
import java.util.Map;

/**
 * The secrets that sign user tokens. New tokens are signed with the active key; tokens of any key in the ring are
 * accepted. To rotate: add a key everywhere, make it active on the gateway, drop the old one after the token lifetime.
 *
 * @param active id of the key that signs
 * @param ring id to secret, at least 32 bytes each (HMAC-SHA256)
 */
public record TokenKeys(String active, Map<String, Secret> ring) {

    private static final int MIN_BYTES = 32;

    public TokenKeys {
        ring = Map.copyOf(ring);
        if (!ring.containsKey(active)) {
            throw new IllegalArgumentException("the active token key '" + active + "' is not among the token keys");
        }
        ring.forEach((id, secret) -> {
            if (secret.bytes().length < MIN_BYTES) {
                throw new IllegalArgumentException("token key '" + id + "' has less than " + MIN_BYTES + " bytes");
            }
        });
    }
}

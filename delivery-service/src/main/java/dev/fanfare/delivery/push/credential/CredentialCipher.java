package dev.fanfare.delivery.push.credential;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.sealing.Sealer;
import dev.fanfare.contracts.sealing.Sealer.Sealed;
import dev.fanfare.contracts.sealing.Sealer.UnreadableException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Seals the settings of credentials as JSON, bound to their app and provider. Thread-safe. */
final class CredentialCipher {

    private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};

    private final Sealer sealer;

    /** See {@link Sealer}. */
    CredentialCipher(String activeId, Map<String, Secret> keys) {
        this.sealer = new Sealer("credential", activeId, keys);
    }

    Sealed seal(CredentialKey of, Map<String, Secret> settings) {
        Map<String, String> revealed = new TreeMap<>();
        settings.forEach((name, value) -> revealed.put(name, value.reveal()));
        return sealer.seal(context(of), Json.write(revealed));
    }

    /** @throws UnreadableException no key opens it, or it is not of this app and provider */
    Map<String, Secret> open(CredentialKey of, Sealed sealed) throws UnreadableException {
        byte[] json = sealer.open(context(of), sealed);
        try {
            Map<String, Secret> settings = new TreeMap<>();
            Json.mapper().readValue(json, SETTINGS).forEach((name, value) -> settings.put(name, Secret.of(value)));
            return settings;
        } catch (IOException e) {
            throw new UnreadableException("it is not JSON");
        }
    }

    private static String context(CredentialKey of) {
        return of.appKey() + '\n' + of.provider();
    }
}

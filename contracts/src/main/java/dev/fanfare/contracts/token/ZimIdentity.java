package dev.fanfare.contracts.token;

import dev.fanfare.contracts.Secret;
import java.util.List;

/**
 * What an app is on ZEGOCLOUD ZIM's API, and by what its token04 are known.
 *
 * @param appKey the app here
 * @param appId a decimal number of 32 bits
 * @param serverSecrets each of 32 characters; several while they are being changed, and all of them are good
 */
public record ZimIdentity(String appKey, String appId, List<Secret> serverSecrets) {

    public ZimIdentity {
        serverSecrets = List.copyOf(serverSecrets);
    }
}

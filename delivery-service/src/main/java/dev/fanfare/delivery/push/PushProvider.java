package dev.fanfare.delivery.push;

import dev.fanfare.contracts.Secret;
import java.util.Map;

/** A push provider's protocol: makes a {@link PushSender} of an app's credential. One bean for each provider. */
public interface PushProvider {

    /** The provider's name in devices, credentials, outcomes and metrics: lower case, stable. */
    String name();

    /**
     * @param settings the credential, by the names that the provider's class documents; the senders of a credential share
     *     connections and access tokens
     * @throws InvalidCredentialException names the setting that is missing or wrong and what it should be, never its value
     */
    PushSender open(Map<String, Secret> settings) throws InvalidCredentialException;

    /** What is wrong with a credential. The message is for who has entered it. */
    final class InvalidCredentialException extends Exception {

        private static final long serialVersionUID = 1L;

        public InvalidCredentialException(String message) {
            super(message);
        }
    }
}

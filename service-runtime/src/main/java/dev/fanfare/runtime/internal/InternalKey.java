package dev.fanfare.runtime.internal;

import dev.fanfare.contracts.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAuthorizedException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What services show each other on internal HTTP: {@code Authorization: Bearer <fanfare.internal.key>}. A service that
 * injects it does not start without the key.
 */
@ApplicationScoped
public class InternalKey {

    private static final String BEARER = "Bearer ";

    private final Secret key;

    public InternalKey(@ConfigProperty(name = "fanfare.internal.key") Secret key) {
        this.key = key;
    }

    /** The header's value, for a service that calls another. */
    public String authorization() {
        return BEARER + key.reveal();
    }

    /**
     * Lets a caller in or throws what is answered with 401.
     *
     * @param authorization the header, null if there is none
     */
    public void check(String authorization) {
        if (authorization == null
                || !authorization.startsWith(BEARER)
                || !key.matches(authorization.substring(BEARER.length()))) {
            throw new NotAuthorizedException(BEARER.trim());
        }
    }
}

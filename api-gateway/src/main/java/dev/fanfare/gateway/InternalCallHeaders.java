package dev.fanfare.gateway;

import dev.fanfare.runtime.internal.InternalKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;

/** Shows the internal key to the services that the gateway calls. Without the key the gateway does not start. */
@ApplicationScoped
public class InternalCallHeaders implements ClientHeadersFactory {

    private final InternalKey key;

    public InternalCallHeaders(InternalKey key) {
        this.key = key;
    }

    @Override
    public MultivaluedMap<String, String> update(
            MultivaluedMap<String, String> incoming, MultivaluedMap<String, String> outgoing) {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        headers.putSingle(HttpHeaders.AUTHORIZATION, key.authorization());
        return headers;
    }
}

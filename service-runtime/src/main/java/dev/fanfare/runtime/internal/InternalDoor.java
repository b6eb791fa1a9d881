package dev.fanfare.runtime.internal;

import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/**
 * Lets only Fanfare's own services in, those that show the {@link InternalKey}; others are answered 401. A service all of
 * whose resources are internal extends it as a {@code Provider}.
 */
public abstract class InternalDoor implements ContainerRequestFilter {

    private final InternalKey key;

    protected InternalDoor(InternalKey key) {
        this.key = key;
    }

    private record Refusal(String reason, String text) {}

    @Override
    public void filter(ContainerRequestContext request) {
        try {
            key.check(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        } catch (NotAuthorizedException e) {
            request.abortWith(Response.status(Status.UNAUTHORIZED)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(new Refusal("UNAUTHORIZED", "the internal key is missing or wrong"))
                    .build());
        }
    }
}

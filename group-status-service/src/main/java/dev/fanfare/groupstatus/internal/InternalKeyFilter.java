package dev.fanfare.groupstatus.internal;

import dev.fanfare.runtime.internal.InternalKey;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets only Fanfare's own services in. */
class InternalKeyFilter {

    private final InternalKey key;

    InternalKeyFilter(InternalKey key) {
        this.key = key;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        key.check(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    }

    @ServerExceptionMapper
    Response notAuthorized(NotAuthorizedException e) {
        return Refusal.UNAUTHORIZED.response("the internal key is missing or wrong");
    }
}

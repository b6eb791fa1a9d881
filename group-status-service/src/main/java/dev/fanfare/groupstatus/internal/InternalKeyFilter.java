package dev.fanfare.groupstatus.internal;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets only Fanfare's own services in. */
class InternalKeyFilter {

    private static final String SCHEME = "Bearer ";

    private final InternalConfig config;

    InternalKeyFilter(InternalConfig config) {
        this.config = config;
    }

    /** @return null: go on */
    @ServerRequestFilter
    Response check(ContainerRequestContext request) {
        String presented = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        return presented != null
                        && presented.startsWith(SCHEME)
                        && config.key().matches(presented.substring(SCHEME.length()))
                ? null
                : Refusal.UNAUTHORIZED.response("the internal key is missing or wrong");
    }
}

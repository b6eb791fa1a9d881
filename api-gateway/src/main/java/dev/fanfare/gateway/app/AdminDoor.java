package dev.fanfare.gateway.app;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets nobody into the admin API without its token. It stands before routing, so that nothing is told about paths either. */
@Startup
@ApplicationScoped
public class AdminDoor {

    private static final String SCHEME = "Bearer ";

    private final AdminConfig config;

    AdminDoor(AdminConfig config) {
        if (config.token().isBlank()) {
            throw new IllegalArgumentException("fanfare.admin.token is empty");
        }
        this.config = config;
    }

    @ServerRequestFilter(preMatching = true)
    Response check(ContainerRequestContext request) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization != null
                && authorization.startsWith(SCHEME)
                && config.token().matches(authorization.substring(SCHEME.length()))) {
            return null;
        }
        return Response.status(Response.Status.UNAUTHORIZED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new AdminError(
                        "UNAUTHORIZED", "the header 'Authorization: Bearer <fanfare.admin.token>' is needed"))
                .build();
    }
}

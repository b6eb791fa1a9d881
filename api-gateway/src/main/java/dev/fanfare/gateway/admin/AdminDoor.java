package dev.fanfare.gateway.admin;

import dev.fanfare.gateway.admin.AdminTokens.Lookup;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets nobody into the admin API without a token, and nobody further than the token goes. Who has none is refused before
 * routing, so that nothing is told about paths either.
 */
@Startup
@ApplicationScoped
public class AdminDoor {

    private static final String SCHEME = "Bearer ";
    private static final String UNAUTHORIZED = "UNAUTHORIZED";

    private final AdminConfig config;
    private final AdminTokens tokens;
    private final CurrentAdmin current;
    private final CurrentVertxRequest request;

    AdminDoor(AdminConfig config, AdminTokens tokens, CurrentAdmin current, CurrentVertxRequest request) {
        if (config.token().isBlank()) {
            throw new IllegalArgumentException("fanfare.admin.token is empty");
        }
        this.config = config;
        this.tokens = tokens;
        this.current = current;
        this.request = request;
    }

    @ServerRequestFilter(preMatching = true)
    Response identify(ContainerRequestContext call) {
        String authorization = call.getHeaderString(HttpHeaders.AUTHORIZATION);
        String presented = authorization != null && authorization.startsWith(SCHEME)
                ? authorization.substring(SCHEME.length())
                : "";
        Lookup lookup = config.token().matches(presented) ? new Lookup.Known(Admin.ROOT) : tokens.find(presented);
        if (lookup instanceof Lookup.Known known) {
            current.enter(
                    known.admin(),
                    request.getCurrent().request().remoteAddress().hostAddress());
            return null;
        }
        if (lookup instanceof Lookup.Ended ended) {
            return refused(
                    Status.UNAUTHORIZED,
                    UNAUTHORIZED,
                    ended.why() + ": ask for a new one (POST /admin/v1/tokens with fanfare.admin.token)");
        }
        return lookup instanceof Lookup.Undecided
                ? refused(Status.SERVICE_UNAVAILABLE, "UNAVAILABLE", "PostgreSQL does not answer, try again")
                : refused(
                        Status.UNAUTHORIZED,
                        UNAUTHORIZED,
                        "the header 'Authorization: Bearer <token>' is needed, with fanfare.admin.token or a token made"
                                + " by POST /admin/v1/tokens; a new one is known to every gateway after"
                                + " fanfare.directory.refresh");
    }

    @ServerRequestFilter
    Response permit(ContainerRequestContext call, ResourceInfo resource) {
        AdminCall needs = resource.getResourceMethod().getAnnotation(AdminCall.class);
        if (needs == null) {
            return refused(Status.FORBIDDEN, "FORBIDDEN", "this call is open to nobody");
        }
        MultivaluedMap<String, String> path = call.getUriInfo().getPathParameters();
        String app = path.getFirst("key");
        current.wants(needs, app, path.containsKey("provider") ? path.getFirst("provider") : path.getFirst("name"));
        return current.admin()
                .refusal(needs, app)
                .map(text -> refused(Status.FORBIDDEN, "FORBIDDEN", text))
                .orElseGet(() -> isName(path) ? null : refused(Status.NOT_FOUND, "NOT_FOUND", "Not Found"));
    }

    /** No name has a NUL in it, and PostgreSQL refuses to look for one. */
    private static boolean isName(MultivaluedMap<String, String> path) {
        return path.values().stream().flatMap(List::stream).noneMatch(value -> value.indexOf('\0') >= 0);
    }

    private static Response refused(Status status, String reason, String text) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new AdminError(reason, text))
                .build();
    }
}

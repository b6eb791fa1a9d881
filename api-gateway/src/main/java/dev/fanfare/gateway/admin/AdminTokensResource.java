package dev.fanfare.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fanfare.contracts.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * The admin API of its own tokens, for the configured token only. A change works at once on the gateway that made it, and on
 * the others after {@code fanfare.directory.refresh}. Needs PostgreSQL.
 */
@Path("/admin/v1/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AdminTokensResource {

    private static final Logger LOGGER = Logger.getLogger(AdminTokensResource.class);

    private final AdminTokenRepository repository;
    private final AdminTokens tokens;
    private final CurrentAdmin current;
    private final Clock clock;

    AdminTokensResource(AdminTokenRepository repository, AdminTokens tokens, CurrentAdmin current, Clock clock) {
        this.repository = repository;
        this.tokens = tokens;
        this.current = current;
        this.clock = clock;
    }

    /** @param token only in the answer that made it, never again */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String name,
            String token,
            Set<AdminScope> scopes,
            Set<String> apps,
            Instant createdAt,
            Instant expiresAt,
            Instant revokedAt) {

        static Shown of(AdminToken token, String text) {
            Admin admin = token.admin();
            return new Shown(
                    admin.name(),
                    text,
                    new TreeSet<>(admin.scopes()),
                    admin.apps().isEmpty() ? null : new TreeSet<>(admin.apps()),
                    token.createdAt(),
                    token.expiresAt(),
                    token.revokedAt());
        }
    }

    @GET
    @AdminCall(AdminScope.TOKENS)
    public Uni<Response> list() {
        return repository.all().map(all -> Response.ok(
                        all.stream().map(token -> Shown.of(token, null)).toList())
                .build());
    }

    @POST
    @AdminCall(value = AdminScope.TOKENS, act = "token.create")
    public Uni<Response> create(String body) {
        Instant now = clock.instant();
        Optional<NewAdminToken> wanted = AdminBody.read(body, NewAdminToken.class);
        Optional<String> problem = wanted.isEmpty()
                ? Optional.of("the body is not a JSON object with known fields of the right types")
                : wanted.get().problem(now);
        if (problem.isPresent()) {
            return refused(Status.BAD_REQUEST, "INVALID", problem.get());
        }
        Secret text = AdminToken.newText();
        AdminToken token = wanted.get().token(text, now);
        return repository
                .create(token, current.actOn("", token.admin().name()))
                .flatMap(created -> created
                        ? changed(token, "made").replaceWith(() -> Response.status(Status.CREATED)
                                .entity(Shown.of(token, text.reveal()))
                                .build())
                        : refused(
                                Status.CONFLICT,
                                "TOKEN_EXISTS",
                                "there is or was a token with this name: take another name"));
    }

    @DELETE
    @Path("{name}")
    @Consumes(MediaType.WILDCARD)
    @AdminCall(value = AdminScope.TOKENS, act = "token.revoke")
    public Uni<Response> revoke(String name) {
        return repository
                .revoke(name, current.act())
                .flatMap(token -> token.isEmpty()
                        ? refused(Status.NOT_FOUND, "NO_SUCH_TOKEN", "there is no token with this name")
                        : changed(token.get(), "revoked").replaceWith(() -> Response.ok(Shown.of(token.get(), null))
                                .build()));
    }

    private Uni<Void> changed(AdminToken token, String what) {
        LOGGER.infof("admin token %s %s", token.admin().name(), what);
        return tokens.reload();
    }

    private static Uni<Response> refused(Status status, String reason, String text) {
        return Uni.createFrom()
                .item(Response.status(status)
                        .entity(new AdminError(reason, text))
                        .build());
    }
}

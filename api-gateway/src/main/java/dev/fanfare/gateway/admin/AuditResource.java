package dev.fanfare.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fanfare.gateway.audit.Act;
import dev.fanfare.gateway.audit.AuditEntry;
import dev.fanfare.gateway.audit.AuditLog;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;

/**
 * {@code GET /admin/v1/audit}: what was done by the admin API, the newest first, page by page: {@code before} is the id behind
 * which the page begins. Who has a token for some apps sees what was done to these. Needs PostgreSQL.
 */
@Path("/admin/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int MAX_PAGE = 1_000;

    private final AuditLog audit;
    private final CurrentAdmin current;

    AuditResource(AuditLog audit, CurrentAdmin current) {
        this.audit = audit;
        this.current = current;
    }

    /** An act; what it does not have is absent. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Shown(long id, Instant at, String by, String from, String act, String app, String detail, String outcome) {

        static Shown of(AuditEntry entry) {
            Act act = entry.act();
            return new Shown(
                    entry.id(),
                    entry.at(),
                    act.actor(),
                    act.address(),
                    act.what(),
                    act.app(),
                    act.detail(),
                    entry.outcome());
        }
    }

    /** @param next what to ask for the page behind with, as {@code before}; absent if this is the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Shown> acts, Long next) {}

    @GET
    @AdminCall(value = AdminScope.AUDIT, filtersApps = true)
    public Uni<Response> page(
            @QueryParam("app") String app,
            @QueryParam("by") String actor,
            @QueryParam("before") @DefaultValue("9223372036854775807") String before,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        long behind;
        int size;
        try {
            behind = Long.parseLong(before);
            size = Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            return refused("before and limit must be numbers");
        }
        if (size < 1 || size > MAX_PAGE) {
            return refused("limit must be from 1 to " + MAX_PAGE);
        }
        var filter = new AuditLog.Filter(app, actor, current.admin().apps());
        return audit.page(filter, behind, size).map(entries -> Response.ok(new Page(
                        entries.stream().map(Shown::of).toList(),
                        entries.size() < size
                                ? null
                                : entries.get(entries.size() - 1).id()))
                .build());
    }

    private static Uni<Response> refused(String text) {
        return Uni.createFrom()
                .item(Response.status(Status.BAD_REQUEST)
                        .entity(new AdminError("INVALID", text))
                        .build());
    }
}

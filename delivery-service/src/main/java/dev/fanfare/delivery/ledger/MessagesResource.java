package dev.fanfare.delivery.ledger;

import dev.fanfare.delivery.internal.InternalAnswer;
import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Internal HTTP: what became of a message; 503 while PostgreSQL is away. */
@Path("/internal/v1/apps/{app}/messages/{messageUID}")
public class MessagesResource {

    private static final int MAX_PAGE = 1_000;

    private final LedgerReader ledger;
    private final InternalKey key;

    MessagesResource(LedgerReader ledger, InternalKey key) {
        this.ledger = ledger;
        this.key = key;
    }

    /**
     * 404 where nothing is known of such a message of the app.
     *
     * @param after the user id after which the page begins
     * @param limit recipients in the page
     */
    @GET
    public Uni<Response> get(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("messageUID") String messageUid,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        key.check(authorization);
        int size = number(limit);
        if (size < 1 || size > MAX_PAGE) {
            return refused("limit must be from 1 to " + MAX_PAGE);
        }
        if ((app + messageUid + after).indexOf('\0') >= 0) {
            return refused("there must be no NUL in it");
        }
        return InternalAnswer.of(ledger.of(app, messageUid, after, size)
                .map(report -> report.map(found -> Response.ok(found).build())
                        .orElseGet(() -> InternalAnswer.unknown("nothing is known of this message"))));
    }

    private static Uni<Response> refused(String text) {
        return Uni.createFrom().item(InternalAnswer.invalid(text));
    }

    /** -1 for what is none. */
    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

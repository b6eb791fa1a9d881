package dev.fanfare.delivery.drain;

import dev.fanfare.runtime.internal.InternalKey;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;

/**
 * {@code POST /admin/drain?rate=}: empties the node, sessions a second, without ending it; for a pod's preStop, or by hand
 * before work on a machine. There is no way back: the node is started anew. Needs the internal key.
 */
@Path("/admin/drain")
public class DrainResource {

    /** No hurry: who asks by hand decides by the rate. */
    private static final Duration NO_HURRY = Duration.ofDays(1);

    private final Drain drain;
    private final DrainConfig config;
    private final InternalKey key;

    public DrainResource(Drain drain, DrainConfig config, InternalKey key) {
        this.drain = drain;
        this.config = config;
        this.key = key;
    }

    /** How far it is. */
    public record Progress(boolean draining, int sessions) {}

    /** What was wrong with the request. */
    public record Refusal(String error) {}

    @POST
    public Response begin(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @QueryParam("rate") @DefaultValue("") String rate) {
        key.check(authorization);
        int perSecond;
        try {
            perSecond = rate.isEmpty() ? config.rate() : Integer.parseInt(rate);
        } catch (NumberFormatException e) {
            perSecond = 0;
        }
        if (perSecond < 1) {
            return Response.status(Status.BAD_REQUEST)
                    .entity(new Refusal("rate must be a number of sessions per second, at least 1"))
                    .build();
        }
        drain.begin(new DrainPace(perSecond, NO_HURRY));
        return Response.accepted(progress()).build();
    }

    @GET
    public Progress progress(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        key.check(authorization);
        return progress();
    }

    private Progress progress() {
        return new Progress(drain.isBegun(), drain.sessionsLeft());
    }
}

package dev.fanfare.broadcast.internal;

import dev.fanfare.broadcast.audience.AudienceRebuild;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The audience, for whoever runs Fanfare: making it anew out of its topic. */
@Path("/internal/audience/rebuild")
public class AudienceResource {

    private final AudienceRebuild rebuild;

    AudienceResource(AudienceRebuild rebuild) {
        this.rebuild = rebuild;
    }

    /** @param running on the node that answers */
    record Rebuild(boolean running) {}

    /** 202: it has begun, or is under way; it takes a minute for some millions. */
    @POST
    public Uni<Response> begin() {
        return rebuild.begin().map(begun -> Response.accepted(new Rebuild(true)).build());
    }

    @GET
    public Rebuild state() {
        return new Rebuild(rebuild.isRunning());
    }
}

package dev.fanfare.delivery.edge;

import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Internal HTTP: commands of a client on a one-way connection to this node, which came to another node. */
@Path(EmulationResource.PATH)
public class EmulationResource {

    static final String PATH = "/internal/v1/emulation";

    private final Emulation emulation;
    private final InternalKey key;

    public EmulationResource(Emulation emulation, InternalKey key) {
        this.emulation = emulation;
        this.key = key;
    }

    /** 204 if they were handed to the session, 404 if it is not here. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @NonBlocking
    public Response take(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            byte[] body) {
        key.check(authorization);
        return Response.status(
                        emulation.takeHere(contentType, body) ? Response.Status.NO_CONTENT : Response.Status.NOT_FOUND)
                .build();
    }
}

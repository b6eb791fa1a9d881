package dev.fanfare.delivery.user;

import dev.fanfare.delivery.internal.InternalAnswer;
import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Internal HTTP: forgets a user; 503 while PostgreSQL is away. */
@Path("/internal/v1/apps/{app}/users/{user}")
public class UserDataResource {

    private final UserData data;
    private final InternalKey key;

    UserDataResource(UserData data, InternalKey key) {
        this.data = data;
        this.key = key;
    }

    /** Who is not known is fine. */
    @DELETE
    public Uni<Response> remove(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user) {
        key.check(authorization);
        return InternalAnswer.done(data.remove(app, user));
    }
}

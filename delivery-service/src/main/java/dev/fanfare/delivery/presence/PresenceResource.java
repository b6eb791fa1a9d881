package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jboss.logging.Logger;

/** Internal HTTP: whether a user is online, as far as is known now; 503 while Redis is away. */
@Path("/internal/v1/apps/{app}/users/{user}/presence")
public class PresenceResource {

    private static final Logger LOGGER = Logger.getLogger(PresenceResource.class);

    private final PresenceLookup lookup;
    private final InternalKey key;

    public PresenceResource(PresenceLookup lookup, InternalKey key) {
        this.lookup = lookup;
        this.key = key;
    }

    /** The answer. */
    public record UserPresence(boolean online, int sessions) {}

    @GET
    public Uni<UserPresence> presence(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user) {
        key.check(authorization);
        UserKey asked = new UserKey(app, user);
        return lookup.now(List.of(asked))
                .map(found -> found.of(asked).size())
                .map(sessions -> new UserPresence(sessions > 0, sessions))
                .onFailure()
                .transform(e -> {
                    LOGGER.warnf("presence cannot be told, Redis does not answer: %s", e);
                    return new ServiceUnavailableException();
                });
    }
}

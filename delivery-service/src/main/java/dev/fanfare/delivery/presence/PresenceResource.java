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

    /**
     * The answer.
     *
     * @param seen whether the user is connected, or was within {@code fanfare.presence.memory}
     */
    public record UserPresence(boolean online, int sessions, boolean seen) {}

    @GET
    public Uni<UserPresence> presence(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user) {
        key.check(authorization);
        UserKey asked = new UserKey(app, user);
        return lookup.now(List.of(asked))
                .map(found -> found.of(asked).size())
                .flatMap(sessions -> seen(asked, sessions).map(seen -> new UserPresence(sessions > 0, sessions, seen)))
                .onFailure()
                .transform(e -> {
                    LOGGER.warnf("presence cannot be told, Redis does not answer: %s", e);
                    return new ServiceUnavailableException();
                });
    }

    private Uni<Boolean> seen(UserKey user, int sessions) {
        return sessions > 0 ? Uni.createFrom().item(true) : lookup.wasSeen(user);
    }
}

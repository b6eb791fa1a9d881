package dev.fanfare.gateway.broadcast;

import dev.fanfare.gateway.Patience;
import dev.fanfare.gateway.broadcast.BroadcastApi.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Messages to all users under way and to come, which belong to broadcast-service. Refusals are values; no answer within
 * {@link Patience}, or one that makes no sense, is an {@code UnavailableException}.
 */
@ApplicationScoped
public class Broadcasts {

    private static final String SERVICE = "broadcast-service";

    private final BroadcastApi api;

    Broadcasts(@RestClient BroadcastApi api) {
        this.api = api;
    }

    /** What can be done with one. */
    public enum Action {
        PAUSE("pause"),
        RESUME("resume"),
        CANCEL("cancel");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        /** Its name in a path. */
        public String word() {
            return word;
        }
    }

    /**
     * The newest first.
     *
     * @param state null: in any
     * @param after those behind this messageUID; null: from the first
     * @return the fields of the answer
     */
    public Uni<Map<String, Object>> list(String appKey, String state, String after, int limit) {
        return Patience.with(SERVICE, api.list(appKey, state, after, limit));
    }

    /** Empty: the app has no such broadcast. */
    public Uni<Optional<Map<String, Object>>> find(String appKey, String messageUid) {
        return Patience.with(
                SERVICE,
                api.get(appKey, messageUid)
                        .map(Optional::of)
                        .onFailure(e -> isRefused(e, Status.NOT_FOUND))
                        .recoverWithItem(Optional.empty()));
    }

    public Uni<BroadcastChange> change(String appKey, String messageUid, Action action) {
        return Patience.with(
                SERVICE,
                api.change(appKey, messageUid, action.word())
                        .<BroadcastChange>map(BroadcastChange.Done::new)
                        .onFailure(e -> isRefused(e, Status.NOT_FOUND))
                        .recoverWithItem(BroadcastChange.Unknown::new)
                        .onFailure(e -> isRefused(e, Status.CONFLICT))
                        .recoverWithItem(e -> new BroadcastChange.NotNow(((WebApplicationException) e)
                                .getResponse()
                                .readEntity(Refusal.class)
                                .text())));
    }

    /** Whatever stands between the services may answer so too, and says it otherwise. */
    private static boolean isRefused(Throwable failure, Status status) {
        if (!(failure instanceof WebApplicationException refused)) {
            return false;
        }
        Response response = refused.getResponse();
        return response.getStatus() == status.getStatusCode()
                && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType());
    }
}

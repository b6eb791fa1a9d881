package dev.fanfare.broadcast.internal;

import dev.fanfare.broadcast.database.DatabaseAwayException;
import dev.fanfare.broadcast.job.ChangeOutcome;
import dev.fanfare.broadcast.job.JobAction;
import dev.fanfare.broadcast.job.JobReport;
import dev.fanfare.broadcast.job.Jobs;
import dev.fanfare.contracts.delivery.JobProgress.State;
import dev.fanfare.contracts.message.MessageUid;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Messages to all users, for Fanfare's own services: how far they are, and what is to become of them. */
@Path("/internal/apps/{app}/broadcasts")
public class BroadcastsResource {

    private static final Logger LOGGER = Logger.getLogger(BroadcastsResource.class);
    private static final int MOST = 100;

    private final Jobs jobs;

    BroadcastsResource(Jobs jobs) {
        this.jobs = jobs;
    }

    record Broadcasts(List<JobReport> broadcasts) {}

    record Changed(String messageUID, State state) {}

    /**
     * Newest first.
     *
     * @param state a {@code JobProgress.State}; absent: any
     * @param after the messageUID with which the last page ended
     * @param limit 1 to 100
     */
    @GET
    public Uni<Response> list(
            String app,
            @QueryParam("state") String state,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("20") String limit) {
        Optional<State> known = Arrays.stream(State.values())
                .filter(each -> each.name().equals(state))
                .findFirst();
        if (state != null && known.isEmpty()) {
            return refused(Refusal.INVALID, "state must be one of " + Arrays.toString(State.values()));
        }
        if (after != null && !MessageUid.isValid(after)) {
            return refused(Refusal.INVALID, "after must be a messageUID");
        }
        if (!limit.matches("[1-9]\\d?|" + MOST)) {
            return refused(Refusal.INVALID, "limit must be 1 to " + MOST);
        }
        return jobs.list(app, known.orElse(null), after, Integer.parseInt(limit))
                .map(found -> Response.ok(new Broadcasts(found)).build());
    }

    @GET
    @Path("/{messageUID}")
    public Uni<Response> get(String app, String messageUID) {
        if (!MessageUid.isValid(messageUID)) {
            return refused(Refusal.INVALID, "that is no messageUID");
        }
        return jobs.find(app, messageUID)
                .map(found -> found.map(job -> Response.ok(job).build()).orElseGet(BroadcastsResource::unknown));
    }

    @POST
    @Path("/{messageUID}/pause")
    public Uni<Response> pause(String app, String messageUID) {
        return change(app, messageUID, JobAction.PAUSE);
    }

    @POST
    @Path("/{messageUID}/resume")
    public Uni<Response> resume(String app, String messageUID) {
        return change(app, messageUID, JobAction.RESUME);
    }

    @POST
    @Path("/{messageUID}/cancel")
    public Uni<Response> cancel(String app, String messageUID) {
        return change(app, messageUID, JobAction.CANCEL);
    }

    @ServerExceptionMapper
    Response databaseAway(DatabaseAwayException e) {
        LOGGER.warn("a call was refused, the database is away", e);
        return Refusal.UNAVAILABLE.response(e.getMessage());
    }

    private Uni<Response> change(String app, String messageUID, JobAction action) {
        if (!MessageUid.isValid(messageUID)) {
            return refused(Refusal.INVALID, "that is no messageUID");
        }
        return jobs.change(app, messageUID, action).map(outcome -> answer(messageUID, outcome));
    }

    private static Response answer(String messageUID, ChangeOutcome outcome) {
        if (outcome instanceof ChangeOutcome.Done done) {
            return Response.ok(new Changed(messageUID, done.state())).build();
        }
        return outcome instanceof ChangeOutcome.NotNow notNow
                ? Refusal.NOT_NOW.response("the broadcast is " + notNow.state())
                : unknown();
    }

    private static Response unknown() {
        return Refusal.UNKNOWN.response("there is no such broadcast");
    }

    private static Uni<Response> refused(Refusal refusal, String text) {
        return Uni.createFrom().item(refusal.response(text));
    }
}

package dev.fanfare.delivery.quiet;

import dev.fanfare.delivery.internal.InternalAnswer;
import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;

/** Internal HTTP: when a user does not want to be disturbed; 503 while PostgreSQL is away. */
@Path("/internal/v1/apps/{app}/users/{user}/quiet-time")
public class QuietTimeResource {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private final QuietTimes times;
    private final InternalKey key;

    QuietTimeResource(QuietTimes times, InternalKey key) {
        this.times = times;
        this.key = key;
    }

    /** @param startTime {@code HH:mm:ss} by the clock of the user's device */
    public record Body(String startTime, Integer periodMinutes, Integer level) {}

    /** 204 where there is none. */
    @GET
    public Uni<Response> get(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user) {
        key.check(authorization);
        return InternalAnswer.of(times.get(app, user).map(found -> found.map(QuietTimeResource::body)
                .map(body -> Response.ok(body).build())
                .orElseGet(() -> Response.noContent().build())));
    }

    @PUT
    public Uni<Response> set(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user,
            Body body) {
        key.check(authorization);
        if (body == null
                || body.periodMinutes() == null
                || body.periodMinutes() < 0
                || body.periodMinutes() > QuietTime.MAX_MINUTES) {
            return Uni.createFrom()
                    .item(InternalAnswer.invalid("periodMinutes must be from 0 to " + QuietTime.MAX_MINUTES));
        }
        try {
            LocalTime start = LocalTime.parse(body.startTime() == null ? "" : body.startTime(), TIME);
            int level = body.level() == null ? 1 : body.level();
            return InternalAnswer.done(times.set(app, user, new QuietTime(start, body.periodMinutes(), level)));
        } catch (DateTimeParseException e) {
            return Uni.createFrom().item(InternalAnswer.invalid("startTime must be HH:mm:ss"));
        }
    }

    @DELETE
    public Uni<Response> remove(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user) {
        key.check(authorization);
        return InternalAnswer.done(times.remove(app, user));
    }

    private static Body body(QuietTime time) {
        return new Body(TIME.format(time.startTime()), time.periodMinutes(), time.level());
    }
}

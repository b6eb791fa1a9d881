package dev.fanfare.broadcast.internal;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** Why the internal API does not do what it was asked: {@code {"reason":"NOT_NOW","text":"..."}}. */
enum Refusal {
    /** The request is not what it must be. */
    INVALID(Status.BAD_REQUEST),
    UNKNOWN(Status.NOT_FOUND),
    /** The job's state does not allow it; nothing was changed. */
    NOT_NOW(Status.CONFLICT),
    /** The database is away: try again later. */
    UNAVAILABLE(Status.SERVICE_UNAVAILABLE);

    private final Status status;

    Refusal(Status status) {
        this.status = status;
    }

    Response response(String text) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Body(this, text))
                .build();
    }

    record Body(Refusal reason, String text) {}
}

package dev.fanfare.groupstatus.internal;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** Why the internal API does not do what it was asked: {@code {"reason":"GROUP_FULL","text":"..."}}. */
enum Refusal {
    /** The request is not what it must be. */
    INVALID(Status.BAD_REQUEST),
    NO_SUCH_GROUP(Status.NOT_FOUND),
    /** The group would have more members than it may have; nothing was changed. */
    GROUP_FULL(Status.CONFLICT),
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

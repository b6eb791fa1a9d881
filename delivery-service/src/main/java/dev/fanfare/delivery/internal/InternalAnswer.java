package dev.fanfare.delivery.internal;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import org.jboss.logging.Logger;

/** How internal HTTP is answered where PostgreSQL is asked: within {@link #PATIENCE}, and with a reason where it is not. */
public final class InternalAnswer {

    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOGGER = Logger.getLogger(InternalAnswer.class);

    private InternalAnswer() {}

    /** The body of a refusal. */
    public record Refusal(String reason, String text) {}

    /** @param text what is wrong with the call, for the gateway's caller; repeats nothing of it */
    public static Response invalid(String text) {
        return refusal(Status.BAD_REQUEST, new Refusal("INVALID", text));
    }

    /** @param text what there is not; repeats nothing of the call */
    public static Response unknown(String text) {
        return refusal(Status.NOT_FOUND, new Refusal("UNKNOWN", text));
    }

    /** 204 when it is done, 503 when it cannot be. */
    public static Uni<Response> done(Uni<?> work) {
        return of(work.map(ignored -> Response.noContent().build()));
    }

    /** The answer, or 503 when there is none. */
    public static Uni<Response> of(Uni<Response> answer) {
        return answer.ifNoItem().after(PATIENCE).fail().onFailure().recoverWithItem(e -> {
            LOGGER.warnf("an internal call was refused, PostgreSQL does not answer: %s", e);
            return refusal(Status.SERVICE_UNAVAILABLE, new Refusal("UNAVAILABLE", "PostgreSQL does not answer"));
        });
    }

    private static Response refusal(Status status, Refusal body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}

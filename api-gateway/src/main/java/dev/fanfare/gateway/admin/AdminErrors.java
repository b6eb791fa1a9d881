package dev.fanfare.gateway.admin;

import dev.fanfare.gateway.UnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of the admin API as JSON. */
class AdminErrors {

    private static final Logger LOGGER = Logger.getLogger(AdminErrors.class);

    @ServerExceptionMapper
    Response unavailable(UnavailableException e) {
        LOGGER.warnf("admin API: %s: %s", e.getMessage(), e.getCause());
        return answer(
                Status.SERVICE_UNAVAILABLE.getStatusCode(), "UNAVAILABLE", e.what() + " does not answer, try again");
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        Status status = Status.fromStatusCode(e.getResponse().getStatus());
        return answer(
                e.getResponse().getStatus(),
                status == null ? "REFUSED" : status.name(),
                status == null ? "refused" : status.getReasonPhrase());
    }

    private static Response answer(int status, String reason, String text) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new AdminError(reason, text))
                .build();
    }
}

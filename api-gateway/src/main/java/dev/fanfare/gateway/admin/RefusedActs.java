package dev.fanfare.gateway.admin;

import dev.fanfare.gateway.audit.Act;
import dev.fanfare.gateway.audit.AuditLog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Records acts that were refused or failed; one that was done is recorded where it is done. Best effort: nothing was changed,
 * so an answer does not wait longer than {@link #PATIENCE} for it.
 */
@ApplicationScoped
class RefusedActs {

    private static final Logger LOGGER = Logger.getLogger(RefusedActs.class);

    /** Together with what the act itself waited for it is less than the 5 s within which a call is answered. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final CurrentAdmin current;
    private final AuditLog audit;

    RefusedActs(CurrentAdmin current, AuditLog audit) {
        this.current = current;
        this.audit = audit;
    }

    @ServerResponseFilter
    Uni<Void> record(ContainerResponseContext response) {
        Optional<Act> act = current.begun();
        if (act.isEmpty() || response.getStatus() < Status.BAD_REQUEST.getStatusCode()) {
            return Uni.createFrom().voidItem();
        }
        String outcome = response.getEntity() instanceof AdminError error
                ? error.reason()
                : Integer.toString(response.getStatus());
        return audit.write(act.get(), outcome)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(e -> {
                    LOGGER.warnf(
                            "%s was %s, and cannot be recorded: %s", act.get().what(), outcome, e);
                    return null;
                });
    }
}

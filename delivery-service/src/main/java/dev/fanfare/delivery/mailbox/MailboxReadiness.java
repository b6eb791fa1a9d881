package dev.fanfare.delivery.mailbox;

import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.node.RolesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Clients are let in only when this node has an address, for otherwise no personal message would find them. */
@Readiness
@ApplicationScoped
class MailboxReadiness implements HealthCheck {

    private final HeldMailboxes held;
    private final RolesConfig roles;

    MailboxReadiness(HeldMailboxes held, RolesConfig roles) {
        this.held = held;
        this.roles = roles;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("mailbox")
                .status(!roles.edge() || !held.isEmpty())
                .build();
    }
}

package dev.fanfare.runtime.health;

import io.quarkus.smallrye.health.runtime.QuarkusAsyncHealthCheckFactory;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Calls the health checks, those of libraries as well as ours, in Quarkus's way, and has {@link CheckLedger} write down
 * what they say: a check that is down tells since when.
 */
@Singleton
@Alternative
@Priority(1)
class DatedChecks extends QuarkusAsyncHealthCheckFactory {

    private final CheckLedger ledger;

    DatedChecks(Vertx vertx, CheckLedger ledger) {
        super(vertx);
        this.ledger = ledger;
    }

    @Override
    public Uni<HealthCheckResponse> callSync(HealthCheck check) {
        return super.callSync(check).map(ledger::dated);
    }

    @Override
    public Uni<HealthCheckResponse> callAsync(AsyncHealthCheck check) {
        return super.callAsync(check).map(ledger::dated);
    }
}

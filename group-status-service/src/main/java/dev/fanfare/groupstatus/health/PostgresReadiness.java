package dev.fanfare.groupstatus.health;

import dev.fanfare.runtime.health.AskedCheck;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;

/** Ready while PostgreSQL answers: without it there are no groups. */
@Readiness
@Singleton
class PostgresReadiness extends AskedCheck {

    PostgresReadiness(Pool pool) {
        super("postgresql", () -> pool.query("select 1").execute());
    }
}

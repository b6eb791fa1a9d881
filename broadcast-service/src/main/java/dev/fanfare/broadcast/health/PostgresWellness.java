package dev.fanfare.broadcast.health;

import dev.fanfare.runtime.health.AskedCheck;
import io.smallrye.health.api.Wellness;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Whether PostgreSQL answers. */
@Wellness
@Singleton
class PostgresWellness extends AskedCheck {

    PostgresWellness(Pool pool) {
        super("postgresql", () -> pool.query("select 1").execute());
    }
}

package dev.fanfare.delivery.push;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.device.PushTarget;
import dev.fanfare.delivery.device.PushTargets;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The table of devices, as long as nobody else reads it. */
@DefaultBean
@ApplicationScoped
class TableTargets implements PushTargets {

    private static final String READ =
            """
            select * from delivery.device join unnest($1::text[], $2::text[], $3::text[])
            as asked (app_key, user_id, device_id) using (app_key, user_id, device_id)
            """;
    private static final String REMOVE =
            """
            delete from delivery.device
            where app_key = $1 and user_id = $2 and device_id = $3 and registered_at <= $4
            """;

    private final Pool pool;

    TableTargets(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<PushTarget>> of(Collection<DeviceRef> devices) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(
                        devices.stream().map(DeviceRef::appKey).toArray(String[]::new),
                        devices.stream().map(DeviceRef::userId).toArray(String[]::new),
                        devices.stream().map(DeviceRef::deviceId).toArray(String[]::new)))
                .map(rows -> {
                    List<PushTarget> targets = new ArrayList<>();
                    rows.forEach(row -> targets.add(target(row)));
                    return targets;
                });
    }

    @Override
    public Uni<Boolean> removeInvalid(Device device, Instant invalidSince) {
        return pool.preparedQuery(REMOVE)
                .execute(Tuple.of(
                        device.appKey(), device.userId(), device.deviceId(), invalidSince.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() > 0);
    }

    private static PushTarget target(Row row) {
        Device device = new Device(
                row.getString("app_key"),
                row.getString("user_id"),
                row.getString("device_id"),
                row.getString("provider"),
                Secret.of(row.getString("token")),
                Device.Environment.valueOf(row.getString("environment")),
                row.getString("app_id"),
                row.getString("locale"),
                row.getString("time_zone"),
                row.getOffsetDateTime("registered_at").toInstant());
        return new PushTarget(device, device.userId().startsWith("quiet"));
    }
}

package dev.fanfare.delivery.inbox;

import dev.fanfare.delivery.device.DeviceRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Keeps what devices confirm, in batches, each device once a batch. While PostgreSQL is away it is tried again and again;
 * beyond a bound of what waits it fails. Thread-safe, never blocks.
 */
@ApplicationScoped
public class Confirmations {

    private static final Logger LOGGER = Logger.getLogger(Confirmations.class);
    private static final int BATCH = 1_000;
    private static final int MAX_WAITING = 200_000;
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(5);

    /** Never backwards: two nodes may write in the wrong order. Epochs are times. */
    private static final String CONFIRM =
            """
            insert into delivery.inbox_position as known (app_key, user_id, device_id, epoch, confirmed, seen_at)
            select app_key, user_id, device_id, epoch, confirmed, now()
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
              as t (app_key, user_id, device_id, epoch, confirmed)
            order by app_key, user_id, device_id
            on conflict (app_key, user_id, device_id) do update
            set epoch = excluded.epoch, confirmed = excluded.confirmed, seen_at = excluded.seen_at
            where (excluded.epoch, excluded.confirmed) > (known.epoch, known.confirmed)
            """;

    private final Pool pool;
    private final Batches<Confirmation, Boolean> writes = new Batches<>(BATCH, MAX_WAITING, this::write);

    Confirmations(Pool pool) {
        this.pool = pool;
    }

    private record Confirmation(DeviceRef device, InboxPosition position) {}

    /** The device has all up to there. Completes when that is kept. */
    public CompletableFuture<Boolean> confirm(DeviceRef device, InboxPosition position) {
        return writes.ask(new Confirmation(device, position));
    }

    private Uni<List<Boolean>> write(List<Confirmation> confirmations) {
        Map<DeviceRef, InboxPosition> furthest = new LinkedHashMap<>();
        confirmations.forEach(each -> furthest.merge(each.device, each.position, Confirmations::later));
        List<DeviceRef> devices = new ArrayList<>(furthest.keySet());
        Tuple columns = Tuple.of(
                devices.stream().map(DeviceRef::appKey).toArray(String[]::new),
                devices.stream().map(DeviceRef::userId).toArray(String[]::new),
                devices.stream().map(DeviceRef::deviceId).toArray(String[]::new),
                furthest.values().stream().map(InboxPosition::epoch).toArray(Long[]::new),
                furthest.values().stream().map(InboxPosition::offset).toArray(Long[]::new));
        return pool.preparedQuery(CONFIRM)
                .execute(columns)
                .onFailure()
                .invoke(e -> LOGGER.warnf("what %d devices confirmed waits for PostgreSQL: %s", devices.size(), e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely()
                .replaceWith(Collections.nCopies(confirmations.size(), true));
    }

    private static InboxPosition later(InboxPosition known, InboxPosition latest) {
        return known.covers(latest) || known.epoch() > latest.epoch() ? known : latest;
    }
}

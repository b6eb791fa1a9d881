package dev.fanfare.delivery.push.sent;

import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.node.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Remembers what was accepted. Thread-safe, never blocks. */
@ApplicationScoped
public class SentPushes {

    private static final Logger LOGGER = Logger.getLogger(SentPushes.class);
    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(5);

    private static final String READ =
            """
            select app_key, user_id, device_id, message_uid, provider, provider_id
            from delivery.push_sent
            join unnest($1::text[], $2::text[], $3::text[], $4::text[])
              as asked (app_key, user_id, device_id, message_uid) using (app_key, user_id, device_id, message_uid)
            """;

    private static final String WRITE =
            """
            insert into delivery.push_sent (app_key, user_id, device_id, message_uid, provider, provider_id, day)
            select app_key, user_id, device_id, message_uid, provider, provider_id, $7
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
              as t (app_key, user_id, device_id, message_uid, provider, provider_id)
            order by app_key, user_id, message_uid, device_id
            on conflict do nothing
            """;

    private final Pool pool;
    /** Bounded by the pushes that are under way. */
    private final Batches<SentPush, Boolean> writes = new Batches<>(BATCH, Integer.MAX_VALUE, this::write);

    SentPushes(Pool pool) {
        this.pool = pool;
    }

    /** Those of these pushes that were accepted, in one round trip. Fails while PostgreSQL is away. */
    public Uni<Map<PushKey, SentPush>> of(Collection<PushKey> keys) {
        return inTime(pool.preparedQuery(READ).execute(columns(keys, key -> key)))
                .map(rows -> {
                    Map<PushKey, SentPush> sent = new HashMap<>();
                    rows.forEach(row -> {
                        SentPush push = sentPush(row);
                        sent.put(push.key(), push);
                    });
                    return sent;
                });
    }

    /** Completes when it is kept, however long PostgreSQL is away; never fails. Many at a time leave in one statement. */
    public Uni<Void> remember(SentPush push) {
        return Uni.createFrom().completionStage(() -> writes.ask(push)).replaceWithVoid();
    }

    private Uni<List<Boolean>> write(List<SentPush> pushes) {
        Tuple columns = columns(pushes, SentPush::key)
                .addArrayOfString(pushes.stream().map(SentPush::provider).toArray(String[]::new))
                .addArrayOfString(pushes.stream().map(SentPushes::providerId).toArray(String[]::new))
                .addLocalDate(LocalDate.now(ZoneOffset.UTC));
        return inTime(pool.preparedQuery(WRITE).execute(columns))
                .onFailure()
                .invoke(e -> LOGGER.warnf("%d accepted pushes wait for PostgreSQL: %s", pushes.size(), e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely()
                .replaceWith(Collections.nCopies(pushes.size(), true));
    }

    /** A provider's word; PostgreSQL has no texts with NUL. */
    private static String providerId(SentPush push) {
        return push.providerId() == null ? null : push.providerId().replace("\0", "");
    }

    private static <T> Uni<T> inTime(Uni<T> answer) {
        return answer.ifNoItem().after(PATIENCE).fail();
    }

    private static <T> Tuple columns(Collection<T> rows, Function<T, PushKey> key) {
        return Tuple.tuple()
                .addArrayOfString(column(rows, row -> key.apply(row).device().appKey()))
                .addArrayOfString(column(rows, row -> key.apply(row).device().userId()))
                .addArrayOfString(column(rows, row -> key.apply(row).device().deviceId()))
                .addArrayOfString(column(rows, row -> key.apply(row).messageUid()));
    }

    private static <T> String[] column(Collection<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static SentPush sentPush(Row row) {
        DeviceRef device =
                new DeviceRef(row.getString("app_key"), row.getString("user_id"), row.getString("device_id"));
        return new SentPush(
                new PushKey(device, row.getString("message_uid")),
                row.getString("provider"),
                row.getString("provider_id"));
    }
}

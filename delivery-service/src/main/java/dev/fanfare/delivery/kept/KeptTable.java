package dev.fanfare.delivery.kept;

import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.KeptBroadcast;
import dev.fanfare.delivery.window.WindowConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** The table {@code delivery.kept_broadcast}. All fail while PostgreSQL is away, and may be called again then. */
@ApplicationScoped
class KeptTable {

    private static final Logger LOGGER = Logger.getLogger(KeptTable.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String ADD =
            """
            insert into delivery.kept_broadcast (app_key, message_uid, epoch, "offset", sent_at, data)
            select app_key, message_uid, epoch, "offset", sent_at, data
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::bytea[])
              as t (app_key, message_uid, epoch, "offset", sent_at, data)
            where not exists (
              select from delivery.recalled r where r.app_key = t.app_key and r.message_uid = t.message_uid)
            order by app_key, "offset"
            on conflict do nothing
            """;

    private static final String REMOVE =
            """
            delete from delivery.kept_broadcast
            using unnest($1::text[], $2::text[]) as gone (app_key, message_uid)
            where kept_broadcast.app_key = gone.app_key and kept_broadcast.message_uid = gone.message_uid
            """;

    private static final String TRIM =
            """
            delete from delivery.kept_broadcast
            using (
              select app_key, message_uid, row_number() over newest as number, sum(length(data)) over newest as bytes
              from delivery.kept_broadcast
              where app_key = any($1::text[])
              window newest as (partition by app_key order by sent_at desc, "offset" desc)) as held
            where kept_broadcast.app_key = held.app_key and kept_broadcast.message_uid = held.message_uid
              and (held.number > $2 or held.bytes > $3)
            """;

    private static final String EXPIRE = "delete from delivery.kept_broadcast where sent_at < $1";

    private static final String ALL =
            """
            select app_key, message_uid, epoch, "offset", sent_at, data
            from delivery.kept_broadcast
            where sent_at >= $1
            order by sent_at, "offset"
            """;

    private final Pool pool;
    private final WindowConfig config;

    KeptTable(Pool pool, WindowConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Adds those that are not there and were not taken back; of an app that has too many then the oldest go. */
    Uni<Void> add(List<KeptBroadcast> broadcasts) {
        return broadcasts.isEmpty()
                ? Uni.createFrom().voidItem()
                : execute(ADD, columns(broadcasts)).chain(() -> trim(broadcasts));
    }

    private Uni<Void> trim(List<KeptBroadcast> broadcasts) {
        return execute(
                TRIM,
                Tuple.tuple()
                        .addArrayOfString(texts(broadcasts, Broadcast::appKey))
                        .addInteger(config.maxKeptPerApp())
                        .addLong(config.maxKeptBytesPerApp()));
    }

    Uni<Void> remove(Collection<MessageKey> messages) {
        return messages.isEmpty()
                ? Uni.createFrom().voidItem()
                : execute(
                        REMOVE,
                        Tuple.tuple()
                                .addArrayOfString(messages.stream()
                                        .map(MessageKey::appKey)
                                        .toArray(String[]::new))
                                .addArrayOfString(messages.stream()
                                        .map(MessageKey::messageUid)
                                        .toArray(String[]::new)));
    }

    /** All that are not too old, in the order in which they came. */
    Uni<List<KeptBroadcast>> all() {
        return pool.preparedQuery(ALL)
                .execute(Tuple.of(oldest()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(KeptTable::broadcast)
                        .toList())
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> expire() {
        return execute(EXPIRE, Tuple.of(oldest()))
                .onFailure()
                .invoke(e -> LOGGER.warnf("old broadcasts stay in their table for another hour: %s", e))
                .onFailure()
                .recoverWithNull();
    }

    private OffsetDateTime oldest() {
        return Instant.now().minus(config.kept()).atOffset(ZoneOffset.UTC);
    }

    private Uni<Void> execute(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .replaceWithVoid()
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private static KeptBroadcast broadcast(Row row) {
        return new KeptBroadcast(
                row.getString("epoch"),
                new Broadcast(
                        row.getString("app_key"),
                        row.getLong("offset"),
                        row.getOffsetDateTime("sent_at").toInstant().toEpochMilli(),
                        row.getString("message_uid"),
                        row.get(Buffer.class, "data").getBytes(),
                        InApp.KEPT,
                        null));
    }

    private static Tuple columns(List<KeptBroadcast> broadcasts) {
        return Tuple.from(List.<Object>of(
                texts(broadcasts, Broadcast::appKey),
                texts(broadcasts, Broadcast::messageUid),
                broadcasts.stream().map(KeptBroadcast::epoch).toArray(String[]::new),
                broadcasts.stream().map(each -> each.broadcast().offset()).toArray(Long[]::new),
                broadcasts.stream()
                        .map(each ->
                                Instant.ofEpochMilli(each.broadcast().time()).atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                broadcasts.stream()
                        .map(each -> Buffer.buffer(each.broadcast().data()))
                        .toArray(Buffer[]::new)));
    }

    private static String[] texts(List<KeptBroadcast> broadcasts, Function<Broadcast, String> value) {
        return broadcasts.stream().map(each -> value.apply(each.broadcast())).toArray(String[]::new);
    }
}

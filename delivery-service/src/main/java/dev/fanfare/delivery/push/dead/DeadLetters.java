package dev.fanfare.delivery.push.dead;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.node.Batches;
import dev.fanfare.delivery.push.PushMetrics;
import dev.fanfare.delivery.push.dead.DeadLetter.Cause;
import dev.fanfare.delivery.push.sent.PushKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The dead letters, in PostgreSQL; one for each push, the latest. Thread-safe, never blocks. */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOGGER = Logger.getLogger(DeadLetters.class);
    private static final int BATCH = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(5);

    /** Its time of death tells a letter from the one that its replay may leave. */
    private static final String ADD =
            """
            insert into delivery.push_dead_letter as known
              (app_key, user_id, device_id, message_uid, provider, cause, reason, job, attempts, died_at)
            select app_key, user_id, device_id, message_uid, provider, cause, reason, job, attempts, died_at
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::int[], $10::timestamptz[])
              as t (app_key, user_id, device_id, message_uid, provider, cause, reason, job, attempts, died_at)
            order by app_key, user_id, message_uid, device_id
            on conflict (app_key, user_id, message_uid, device_id) do update
            set provider = excluded.provider, cause = excluded.cause, reason = excluded.reason, job = excluded.job,
                attempts = excluded.attempts,
                died_at = greatest(excluded.died_at, known.died_at + interval '1 microsecond')
            """;

    private static final String COLUMNS =
            "id, app_key, user_id, device_id, message_uid, provider, cause, reason, job, attempts, died_at";

    private static final String LIST = "select " + COLUMNS
            + """
             from delivery.push_dead_letter
            where id > $1 and ($2::text is null or app_key = $2) and ($3::text is null or provider = $3)
              and ($4::text is null or reason = $4)
            order by id limit $5
            """;

    private static final String FIND = "select " + COLUMNS + " from delivery.push_dead_letter where id = $1";

    private static final String CHANGE = "update delivery.push_dead_letter set job = $3 where id = $1 and died_at = $2";

    private static final String REMOVE =
            """
            delete from delivery.push_dead_letter using unnest($1::bigint[], $2::timestamptz[]) as gone (id, died_at)
            where push_dead_letter.id = gone.id and push_dead_letter.died_at = gone.died_at
            """;

    private static final String DELETE = "delete from delivery.push_dead_letter where id = $1";

    private final Pool pool;
    private final MeterRegistry metrics;
    /** Bounded by the pushes that are under way. */
    private final Batches<DeadLetter, Boolean> writes = new Batches<>(BATCH, Integer.MAX_VALUE, this::write);

    DeadLetters(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    /** Completes when it is kept, however long PostgreSQL is away; never fails. */
    public Uni<Void> add(DeadLetter letter) {
        metrics.counter(
                        PushMetrics.DEAD_LETTERS,
                        PushMetrics.PROVIDER,
                        letter.provider().isEmpty() ? "none" : letter.provider(),
                        PushMetrics.REASON,
                        letter.cause().name())
                .increment();
        return Uni.createFrom().completionStage(() -> writes.ask(letter)).replaceWithVoid();
    }

    private Uni<List<Boolean>> write(List<DeadLetter> batch) {
        Map<PushKey, DeadLetter> latest = new LinkedHashMap<>();
        batch.forEach(letter -> latest.put(letter.key(), letter));
        Collection<DeadLetter> letters = latest.values();
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(letters, letter -> letter.key().device().appKey()))
                .addArrayOfString(texts(letters, letter -> letter.key().device().userId()))
                .addArrayOfString(texts(letters, letter -> letter.key().device().deviceId()))
                .addArrayOfString(texts(letters, letter -> letter.key().messageUid()))
                .addArrayOfString(texts(letters, DeadLetter::provider))
                .addArrayOfString(texts(letters, letter -> letter.cause().name()))
                .addArrayOfString(texts(letters, DeadLetter::reason))
                .addArrayOfString(texts(letters, letter -> text(letter.job())))
                .addArrayOfInteger(letters.stream().map(DeadLetter::attempts).toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(
                        letters.stream().map(DeadLetters::diedAt).toArray(OffsetDateTime[]::new));
        return pool.preparedQuery(ADD)
                .execute(columns)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(e -> LOGGER.warnf("%d dead letters wait for PostgreSQL: %s", batch.size(), e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely()
                .replaceWith(Collections.nCopies(batch.size(), true));
    }

    /** The first ones behind an id, by their ids. */
    Uni<List<StoredLetter>> list(LetterFilter filter, long after, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(after, filter.appKey(), filter.provider(), filter.reason(), limit))
                .map(rows -> {
                    List<StoredLetter> letters = new ArrayList<>();
                    rows.forEach(row -> letters.add(letter(row)));
                    return letters;
                });
    }

    Uni<Optional<StoredLetter>> find(long id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? Optional.of(letter(row.next())) : Optional.empty();
        });
    }

    /** @return whether it was still there, and the same */
    Uni<Boolean> change(StoredLetter letter, PushJob job) {
        return pool.preparedQuery(CHANGE)
                .execute(Tuple.of(letter.id(), diedAt(letter.letter()), text(job)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Removes these, but not those that died again meanwhile. */
    Uni<Void> remove(List<StoredLetter> letters) {
        return pool.preparedQuery(REMOVE)
                .execute(Tuple.tuple()
                        .addArrayOfLong(letters.stream().map(StoredLetter::id).toArray(Long[]::new))
                        .addArrayOfOffsetDateTime(letters.stream()
                                .map(letter -> diedAt(letter.letter()))
                                .toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }

    /** @return whether there was one */
    Uni<Boolean> delete(long id) {
        return pool.preparedQuery(DELETE).execute(Tuple.of(id)).map(rows -> rows.rowCount() > 0);
    }

    private static String[] texts(Collection<DeadLetter> letters, Function<DeadLetter, String> text) {
        return letters.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime diedAt(DeadLetter letter) {
        return letter.diedAt().atOffset(ZoneOffset.UTC);
    }

    private static String text(PushJob job) {
        return new String(Json.write(job), StandardCharsets.UTF_8);
    }

    private static StoredLetter letter(Row row) {
        DeviceRef device =
                new DeviceRef(row.getString("app_key"), row.getString("user_id"), row.getString("device_id"));
        return new StoredLetter(
                row.getLong("id"),
                new DeadLetter(
                        new PushKey(device, row.getString("message_uid")),
                        row.getString("provider"),
                        Cause.valueOf(row.getString("cause")),
                        row.getString("reason"),
                        row.getInteger("attempts"),
                        row.getOffsetDateTime("died_at").toInstant(),
                        job(row.getString("job"))));
    }

    private static PushJob job(String text) {
        try {
            return Json.read(text.getBytes(StandardCharsets.UTF_8), PushJob.class);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("a dead letter is not what was written", e);
        }
    }
}

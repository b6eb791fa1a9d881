package dev.fanfare.delivery.ledger;

import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.JobProgress.State;
import dev.fanfare.delivery.ledger.MessageReport.Counts;
import dev.fanfare.delivery.ledger.MessageReport.DeviceOutcome;
import dev.fanfare.delivery.ledger.MessageReport.Job;
import dev.fanfare.delivery.ledger.MessageReport.Recipient;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what became of a message. */
@ApplicationScoped
class LedgerReader {

    private static final String BY_OUTCOME =
            """
            select outcome, count(distinct user_id),
              count(distinct (user_id, device_id)) filter (where device_id <> '')
            from delivery.ledger_outcome where app_key = $1 and message_uid = $2
            group by outcome
            """;

    private static final String COUNTED =
            """
            select count(*), coalesce(sum(told), 0)::bigint, coalesce(sum(not_online), 0)::bigint
            from delivery.ledger_count where app_key = $1 and message_uid = $2
            """;

    private static final String JOB =
            """
            select state, users, audience, users_per_second, ends_at, told_at
            from delivery.ledger_job where app_key = $1 and message_uid = $2
            order by told_at desc limit 1
            """;

    private static final String RECIPIENTS =
            """
            with page as (
              select distinct user_id from delivery.ledger_outcome
              where app_key = $1 and message_uid = $2 and user_id > $3 order by user_id limit $4
            )
            select user_id, device_id, outcome, provider, provider_id, reason, told_at
            from delivery.ledger_outcome join page using (user_id)
            where app_key = $1 and message_uid = $2
            order by user_id, device_id
            """;

    private static final Comparator<Told> IN_ORDER =
            Comparator.comparing(Told::time).thenComparing(Told::outcome);

    private final Pool pool;

    LedgerReader(Pool pool) {
        this.pool = pool;
    }

    private record Told(
            String userId,
            String deviceId,
            Kind outcome,
            String provider,
            String providerId,
            String reason,
            long time) {

        static Told of(Row row) {
            return new Told(
                    row.getString("user_id"),
                    row.getString("device_id"),
                    Kind.valueOf(row.getString("outcome")),
                    row.getString("provider"),
                    row.getString("provider_id"),
                    row.getString("reason"),
                    row.getOffsetDateTime("told_at").toInstant().toEpochMilli());
        }
    }

    /**
     * @param after the users behind this one; empty: from the first
     * @param limit users at most
     * @return empty if nothing is known of such a message of this app
     */
    Uni<Optional<MessageReport>> of(String appKey, String messageUid, String after, int limit) {
        Tuple message = Tuple.of(appKey, messageUid);
        return Uni.combine()
                .all()
                .unis(
                        pool.preparedQuery(BY_OUTCOME).execute(message),
                        pool.preparedQuery(COUNTED).execute(message),
                        pool.preparedQuery(JOB).execute(message),
                        pool.preparedQuery(RECIPIENTS).execute(Tuple.of(appKey, messageUid, after, limit)))
                .with((byOutcome, counted, job, recipients) ->
                        report(messageUid, byOutcome, counted, job, recipients, limit));
    }

    private static Optional<MessageReport> report(
            String messageUid,
            RowSet<Row> byOutcome,
            RowSet<Row> counted,
            RowSet<Row> job,
            RowSet<Row> recipients,
            int limit) {
        Row counts = counted.iterator().next();
        if (byOutcome.size() == 0 && counts.getLong(0) == 0 && job.size() == 0) {
            return Optional.empty();
        }
        Map<Kind, Long> users = new EnumMap<>(Kind.class);
        Map<Kind, Long> devices = new EnumMap<>(Kind.class);
        byOutcome.forEach(row -> {
            users.put(Kind.valueOf(row.getString(0)), row.getLong(1));
            devices.put(Kind.valueOf(row.getString(0)), row.getLong(2));
        });
        List<Recipient> page = page(recipients);
        return Optional.of(new MessageReport(
                messageUid,
                Counts.of(users),
                Counts.of(devices),
                counts.getLong(1),
                counts.getLong(2),
                job.size() == 0 ? null : job(job.iterator().next()),
                page,
                page.size() < limit ? null : page.get(page.size() - 1).userId()));
    }

    private static Job job(Row row) {
        OffsetDateTime endsAt = row.getOffsetDateTime("ends_at");
        return new Job(
                State.valueOf(row.getString("state")),
                row.getLong("users"),
                row.getLong("audience"),
                row.getLong("users_per_second"),
                endsAt == null ? null : endsAt.toInstant().toEpochMilli(),
                row.getOffsetDateTime("told_at").toInstant().toEpochMilli());
    }

    private static List<Recipient> page(RowSet<Row> rows) {
        Map<String, Map<String, Told>> last = new LinkedHashMap<>();
        rows.forEach(row -> {
            Told told = Told.of(row);
            last.computeIfAbsent(told.userId, user -> new LinkedHashMap<>())
                    .merge(told.deviceId, told, (one, other) -> IN_ORDER.compare(one, other) < 0 ? other : one);
        });
        return last.entrySet().stream()
                .map(user -> recipient(user.getKey(), user.getValue()))
                .toList();
    }

    private static Recipient recipient(String userId, Map<String, Told> byDevice) {
        List<DeviceOutcome> devices = new ArrayList<>();
        byDevice.forEach((device, told) -> {
            if (!device.isEmpty()) {
                devices.add(new DeviceOutcome(
                        device, told.outcome, told.provider, told.providerId, told.reason, told.time));
            }
        });
        Optional<Told> own = Optional.ofNullable(byDevice.get(""));
        return new Recipient(
                userId,
                own.map(Told::outcome).orElse(null),
                own.map(Told::reason).orElse(null),
                own.map(Told::time).orElse(null),
                devices);
    }
}

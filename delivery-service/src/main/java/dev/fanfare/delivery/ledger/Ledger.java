package dev.fanfare.delivery.ledger;

import dev.fanfare.contracts.delivery.DeliveryCount;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.JobProgress;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps outcomes, counts and the progress of jobs: one statement for each, hence a round trip, whatever their number. */
@ApplicationScoped
class Ledger {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Told again, it is the row that is there; told of a later time, it is the latest. */
    private static final String ADD_OUTCOMES =
            """
            insert into delivery.ledger_outcome as known
              (app_key, message_uid, user_id, device_id, outcome, day, provider, provider_id, reason, told_at)
            select app_key, message_uid, user_id, device_id, outcome, day, provider, provider_id, reason, told_at
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::text[], $8::text[],
                $9::text[], $10::timestamptz[])
              as t (app_key, message_uid, user_id, device_id, outcome, day, provider, provider_id, reason, told_at)
            order by app_key, message_uid, user_id, device_id, outcome, day
            on conflict (app_key, message_uid, user_id, device_id, outcome, day) do update
            set provider = excluded.provider, provider_id = excluded.provider_id, reason = excluded.reason,
              told_at = excluded.told_at
            where excluded.told_at > known.told_at
            """;

    private static final String ADD_COUNTS =
            """
            insert into delivery.ledger_count as known
              (app_key, message_uid, source, day, last_number, told, not_online)
            select app_key, message_uid, source, day, max(number), sum(t.told)::bigint, sum(t.not_online)::bigint
            from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::bigint[], $6::bigint[], $7::bigint[])
                as t (app_key, message_uid, source, day, number, told, not_online)
              left join delivery.ledger_count k using (app_key, message_uid, source, day)
            where k.last_number is null or number > k.last_number
            group by app_key, message_uid, source, day
            order by app_key, message_uid, source, day
            on conflict (app_key, message_uid, source, day) do update
            set last_number = excluded.last_number, told = known.told + excluded.told,
              not_online = known.not_online + excluded.not_online
            where excluded.last_number > known.last_number
            """;

    /** Of two that were told at the same time the later one in the topic. */
    private static final String ADD_JOBS =
            """
            insert into delivery.ledger_job as known
              (app_key, message_uid, day, state, users, audience, users_per_second, ends_at, told_at)
            select app_key, message_uid, day, state, users, audience, users_per_second, ends_at, told_at
            from unnest($1::text[], $2::text[], $3::date[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
                $8::timestamptz[], $9::timestamptz[])
              as t (app_key, message_uid, day, state, users, audience, users_per_second, ends_at, told_at)
            order by app_key, message_uid, day
            on conflict (app_key, message_uid, day) do update
            set state = excluded.state, users = excluded.users, audience = excluded.audience,
              users_per_second = excluded.users_per_second, ends_at = excluded.ends_at, told_at = excluded.told_at
            where excluded.told_at >= known.told_at
            """;

    private final Pool pool;
    private final LedgerDays days;

    Ledger(Pool pool, LedgerDays days) {
        this.pool = pool;
        this.days = days;
    }

    private record OutcomeKey(String appKey, String messageUid, String userId, String deviceId, Kind outcome) {
        static OutcomeKey of(DeliveryOutcome outcome) {
            return new OutcomeKey(
                    outcome.appKey(), outcome.messageUID(), outcome.userId(), outcome.deviceId(), outcome.outcome());
        }
    }

    private record CountKey(String appKey, String messageUid, String source, long number) {
        static CountKey of(DeliveryCount count) {
            return new CountKey(count.appKey(), count.messageUID(), count.source(), count.number());
        }
    }

    private record JobKey(String appKey, String messageUid) {
        static JobKey of(JobProgress progress) {
            return new JobKey(progress.appKey(), progress.messageUID());
        }
    }

    private record Dated<T>(T told, LocalDate day) {}

    /**
     * Those that are complete, see {@link LedgerRules}; of messages that are too old nothing is kept. Fails while
     * PostgreSQL is away; adding them again is right then.
     */
    Uni<Void> add(List<DeliveryOutcome> outcomes, List<DeliveryCount> counts, List<JobProgress> jobs) {
        Map<OutcomeKey, DeliveryOutcome> latest = new LinkedHashMap<>();
        outcomes.forEach(outcome -> latest.merge(
                OutcomeKey.of(outcome), outcome, (first, next) -> next.time() > first.time() ? next : first));
        Map<CountKey, DeliveryCount> first = new LinkedHashMap<>();
        counts.forEach(count -> first.putIfAbsent(CountKey.of(count), count));
        Map<JobKey, JobProgress> last = new LinkedHashMap<>();
        jobs.forEach(progress ->
                last.merge(JobKey.of(progress), progress, (one, next) -> next.time() >= one.time() ? next : one));
        return addOutcomes(dated(latest.values(), DeliveryOutcome::messageUID, DeliveryOutcome::time))
                .chain(() -> addCounts(dated(first.values(), DeliveryCount::messageUID, DeliveryCount::time)))
                .chain(() -> addJobs(dated(last.values(), JobProgress::messageUID, JobProgress::time)))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private <T> List<Dated<T>> dated(Collection<T> told, Function<T, String> uid, Function<T, Long> time) {
        return told.stream()
                .map(each -> new Dated<>(
                        each, days.of(uid.apply(each), time.apply(each)).orElse(null)))
                .filter(each -> each.day != null)
                .toList();
    }

    private Uni<Void> addOutcomes(List<Dated<DeliveryOutcome>> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(ADD_OUTCOMES)
                        .execute(Tuple.tuple()
                                .addArrayOfString(texts(rows, DeliveryOutcome::appKey))
                                .addArrayOfString(texts(rows, DeliveryOutcome::messageUID))
                                .addArrayOfString(texts(rows, DeliveryOutcome::userId))
                                .addArrayOfString(texts(rows, Ledger::deviceId))
                                .addArrayOfString(
                                        texts(rows, row -> row.outcome().name()))
                                .addArrayOfLocalDate(days(rows))
                                .addArrayOfString(texts(rows, row -> LedgerRules.keepable(row.provider())))
                                .addArrayOfString(texts(rows, row -> LedgerRules.keepable(row.providerId())))
                                .addArrayOfString(texts(rows, row -> LedgerRules.keepable(row.reason())))
                                .addArrayOfOffsetDateTime(times(rows, DeliveryOutcome::time)))
                        .replaceWithVoid();
    }

    private Uni<Void> addCounts(List<Dated<DeliveryCount>> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(ADD_COUNTS)
                        .execute(Tuple.tuple()
                                .addArrayOfString(texts(rows, DeliveryCount::appKey))
                                .addArrayOfString(texts(rows, DeliveryCount::messageUID))
                                .addArrayOfString(texts(rows, DeliveryCount::source))
                                .addArrayOfLocalDate(days(rows))
                                .addArrayOfLong(numbers(rows, DeliveryCount::number))
                                .addArrayOfLong(numbers(rows, count -> (long) count.told()))
                                .addArrayOfLong(numbers(rows, count -> (long) count.notOnline())))
                        .replaceWithVoid();
    }

    private Uni<Void> addJobs(List<Dated<JobProgress>> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(ADD_JOBS)
                        .execute(Tuple.tuple()
                                .addArrayOfString(texts(rows, JobProgress::appKey))
                                .addArrayOfString(texts(rows, JobProgress::messageUID))
                                .addArrayOfLocalDate(days(rows))
                                .addArrayOfString(
                                        texts(rows, progress -> progress.state().name()))
                                .addArrayOfLong(numbers(rows, JobProgress::users))
                                .addArrayOfLong(numbers(rows, JobProgress::audience))
                                .addArrayOfLong(numbers(rows, JobProgress::usersPerSecond))
                                .addArrayOfOffsetDateTime(times(rows, JobProgress::endsAt))
                                .addArrayOfOffsetDateTime(times(rows, JobProgress::time)))
                        .replaceWithVoid();
    }

    private static String deviceId(DeliveryOutcome outcome) {
        return Optional.ofNullable(outcome.deviceId()).orElse("");
    }

    private static <T> OffsetDateTime[] times(List<Dated<T>> rows, Function<T, Long> column) {
        return rows.stream()
                .map(row -> column.apply(row.told))
                .map(time -> time == null ? null : Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static <T> String[] texts(List<Dated<T>> rows, Function<T, String> column) {
        return rows.stream().map(row -> column.apply(row.told)).toArray(String[]::new);
    }

    private static <T> Long[] numbers(List<Dated<T>> rows, Function<T, Long> column) {
        return rows.stream().map(row -> column.apply(row.told)).toArray(Long[]::new);
    }

    private static <T> LocalDate[] days(List<Dated<T>> rows) {
        return rows.stream().map(row -> row.day).toArray(LocalDate[]::new);
    }
}

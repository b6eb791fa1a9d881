package dev.fanfare.delivery.inbox;

import dev.fanfare.delivery.user.UserKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts messages into inboxes: one statement, hence one round trip, whatever the number of messages and users. */
@Startup // so that its metrics are there from the start
@ApplicationScoped
public class Inboxes {

    /**
     * Offsets are dealt out under the lock of the inbox's row, to those messages that are not there yet. A message that
     * another connection stores at the same time shows neither as known nor as stored: the caller asks once more.
     */
    private static final String STORE =
            """
            with incoming as (
              select * from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::bytea[]) with ordinality
                as t (app_key, user_id, message_uid, day, data, ord)
            ), known as (
              select i.ord, i.app_key, i.user_id, m."offset"
              from incoming i join delivery.inbox_message m using (app_key, user_id, message_uid, day)
            ), fresh as (
              select i.*,
                row_number() over (partition by app_key, user_id order by ord) as place,
                count(*) over (partition by app_key, user_id) as places
              from incoming i where not exists (select from known k where k.ord = i.ord)
            ), ends as (
              insert into delivery.inbox as box (app_key, user_id, epoch, last_offset)
              select app_key, user_id, (extract(epoch from clock_timestamp()) * 1000)::bigint, count(*)
              from fresh group by app_key, user_id order by app_key, user_id
              on conflict (app_key, user_id) do update set last_offset = box.last_offset + excluded.last_offset
              returning app_key, user_id, epoch, last_offset
            ), stored as (
              insert into delivery.inbox_message (app_key, user_id, message_uid, day, "offset", data)
              select f.app_key, f.user_id, f.message_uid, f.day, e.last_offset - f.places + f.place, f.data
              from fresh f join ends e using (app_key, user_id)
              on conflict do nothing
              returning app_key, user_id, message_uid, "offset"
            )
            select f.ord, e.epoch, s."offset", false as again
            from stored s join fresh f using (app_key, user_id, message_uid) join ends e using (app_key, user_id)
            union all
            select k.ord, b.epoch, k."offset", true
            from known k join delivery.inbox b using (app_key, user_id)
            """;

    /** Messages that were to be stored. Tag {@code result}: stored, known from before, or too old. */
    private static final String MESSAGES = "fanfare.inbox.messages";

    private static final String STORED = "STORED";
    private static final String KNOWN = "KNOWN";
    private static final String EXPIRED = "EXPIRED";
    /** In all days that are kept: a recall does not say on which day its message was sent. */
    private static final String REPLACE =
            """
            update delivery.inbox_message m set data = r.data
            from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as r (app_key, user_id, message_uid, data)
            where m.app_key = r.app_key and m.user_id = r.user_id and m.message_uid = r.message_uid
            """;

    private final Pool pool;
    private final Retention retention;
    private final Map<String, Counter> counted;

    Inboxes(Pool pool, Retention retention, MeterRegistry metrics) {
        this.pool = pool;
        this.retention = retention;
        this.counted = Map.of(
                STORED, counter(metrics, STORED), KNOWN, counter(metrics, KNOWN), EXPIRED, counter(metrics, EXPIRED));
    }

    private static Counter counter(MeterRegistry metrics, String result) {
        return metrics.counter(MESSAGES, "result", result);
    }

    /**
     * Stores messages, those of a user in the order of the list. Fails while PostgreSQL is away; then none or all are
     * stored, and storing them again is right in both cases.
     *
     * @return what became of each, in the order of the list
     */
    public Uni<List<Stored>> store(List<NewMessage> messages) {
        Map<Key, Stored> done = new LinkedHashMap<>();
        Map<Key, NewMessage> due = new LinkedHashMap<>();
        for (NewMessage message : messages) {
            if (retention
                    .dayOf(message.sentTime())
                    .isBefore(retention.oldestOf(message.user().appKey()))) {
                done.put(Key.of(message), Stored.EXPIRED);
            } else {
                due.putIfAbsent(Key.of(message), message);
            }
        }
        return store(due, done).invoke(all -> all.values().forEach(this::count)).map(all -> messages.stream()
                .map(message -> all.get(Key.of(message)))
                .toList());
    }

    private void count(Stored stored) {
        counted.get(stored == Stored.EXPIRED ? EXPIRED : stored.again() ? KNOWN : STORED)
                .increment();
    }

    /**
     * Who has not read these messages yet reads other data in their places. Those that are not there are left out. Fails
     * while PostgreSQL is away; doing it again is right.
     */
    public Uni<Void> replace(List<ReplacedMessage> messages) {
        return messages.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(REPLACE)
                        .execute(Tuple.of(
                                texts(messages, message -> message.user().appKey()),
                                texts(messages, message -> message.user().userId()),
                                texts(messages, ReplacedMessage::messageUid),
                                messages.stream()
                                        .map(message -> Buffer.buffer(message.data()))
                                        .toArray(Buffer[]::new)))
                        .replaceWithVoid();
    }

    private static String[] texts(List<ReplacedMessage> messages, Function<ReplacedMessage, String> column) {
        return messages.stream().map(column).toArray(String[]::new);
    }

    /** What makes two messages the same. */
    private record Key(UserKey user, String messageUid) {
        static Key of(NewMessage message) {
            return new Key(message.user(), message.messageUid());
        }
    }

    private Uni<Map<Key, Stored>> store(Map<Key, NewMessage> due, Map<Key, Stored> done) {
        if (due.isEmpty()) {
            return Uni.createFrom().item(done);
        }
        List<NewMessage> messages = List.copyOf(due.values());
        return pool.preparedQuery(STORE).execute(Tuple.from(columns(messages))).chain(rows -> {
            Map<Key, NewMessage> left = new LinkedHashMap<>(due);
            stored(rows, messages).forEach((key, stored) -> {
                done.put(key, stored);
                left.remove(key);
            });
            return store(left, done);
        });
    }

    private List<Object> columns(List<NewMessage> messages) {
        int count = messages.size();
        String[] apps = new String[count];
        String[] users = new String[count];
        String[] uids = new String[count];
        LocalDate[] days = new LocalDate[count];
        Buffer[] data = new Buffer[count];
        Arrays.setAll(apps, i -> messages.get(i).user().appKey());
        Arrays.setAll(users, i -> messages.get(i).user().userId());
        Arrays.setAll(uids, i -> messages.get(i).messageUid());
        Arrays.setAll(days, i -> retention.dayOf(messages.get(i).sentTime()));
        Arrays.setAll(data, i -> Buffer.buffer(messages.get(i).data()));
        return List.of(apps, users, uids, days, data);
    }

    private static Map<Key, Stored> stored(RowSet<Row> rows, List<NewMessage> messages) {
        Map<Key, Stored> stored = new LinkedHashMap<>();
        for (Row row : rows) {
            NewMessage message = messages.get(row.getLong(0).intValue() - 1);
            stored.put(
                    Key.of(message), new Stored(new InboxPosition(row.getLong(1), row.getLong(2)), row.getBoolean(3)));
        }
        return stored;
    }
}

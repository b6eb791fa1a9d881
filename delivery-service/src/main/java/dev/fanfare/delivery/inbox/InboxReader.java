package dev.fanfare.delivery.inbox;

import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.node.Batches;
import dev.fanfare.delivery.user.UserKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads inboxes, for many devices at once: a storm of connects is a few statements. Thread-safe, never blocks; fails while
 * PostgreSQL is away.
 */
@ApplicationScoped
public class InboxReader {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int MAX_WAITING = 100_000;
    private static final int STATES = 500;
    /** A page may have {@code Page.bytes}. */
    private static final int PAGES = 50;

    private static final String STATE =
            """
            select b.epoch, b.last_offset, p.epoch, p.confirmed
            from unnest($1::text[], $2::text[], $3::text[]) with ordinality as asked (app_key, user_id, device_id, ord)
            left join delivery.inbox b using (app_key, user_id)
            left join delivery.inbox_position p using (app_key, user_id, device_id)
            order by asked.ord
            """;

    private static final String PAGE =
            """
            select asked.ord, m."offset", m.message_uid, m.data
            from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::date[], $6::bigint[]) with ordinality
              as asked (app_key, user_id, epoch, after, oldest, bytes, ord)
            join delivery.inbox b using (app_key, user_id, epoch)
            cross join lateral (
              select * from (
                select "offset", message_uid, data,
                  sum(octet_length(data)) over (order by "offset") - octet_length(data) as before
                from (
                  select "offset", message_uid, coalesce((
                    select data from delivery.recalled r
                    where r.app_key = i.app_key and r.message_uid = i.message_uid and r.data is not null limit 1
                  ), data) as data
                  from delivery.inbox_message i
                  where app_key = asked.app_key and user_id = asked.user_id and "offset" > asked.after
                    and day >= asked.oldest
                  order by "offset" limit $7
                ) first
              ) measured
              where before = 0 or before + octet_length(data) <= asked.bytes
            ) m
            order by asked.ord, m."offset"
            """;

    /** Messages of a page: SDKs and browsers take such a reply at once. */
    static final int MAX_MESSAGES = 100;

    private final Pool pool;
    private final Retention retention;
    private final Batches<DeviceRef, InboxState> states = new Batches<>(STATES, MAX_WAITING, this::readStates);
    private final Batches<Page, List<InboxMessage>> pages = new Batches<>(PAGES, MAX_WAITING, this::readPages);

    InboxReader(Pool pool, Retention retention) {
        this.pool = pool;
        this.retention = retention;
    }

    private record Page(UserKey user, InboxPosition after, int bytes) {}

    /** The device's user's inbox, and how far the device is. */
    public Uni<InboxState> state(DeviceRef device) {
        return Uni.createFrom().completionStage(() -> states.ask(device));
    }

    /** The same for several devices, in their order. */
    public Uni<List<InboxState>> states(List<DeviceRef> devices) {
        return Uni.createFrom().deferred(() -> {
            List<CompletableFuture<InboxState>> asked =
                    devices.stream().map(states::ask).toList();
            return Uni.createFrom()
                    .completionStage(CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)))
                    .map(ignored -> asked.stream().map(CompletableFuture::join).toList());
        });
    }

    /**
     * The messages behind a position, in order; for one that was taken back from all who have it, its recall. At most
     * {@value #MAX_MESSAGES}, and of so many bytes unless the first one alone has more. Empty if there are no more, or the user has another inbox by now.
     */
    public Uni<List<InboxMessage>> after(UserKey user, InboxPosition position, int bytes) {
        return Uni.createFrom().completionStage(() -> pages.ask(new Page(user, position, bytes)));
    }

    private Uni<List<InboxState>> readStates(List<DeviceRef> devices) {
        String[] apps = devices.stream().map(DeviceRef::appKey).toArray(String[]::new);
        String[] users = devices.stream().map(DeviceRef::userId).toArray(String[]::new);
        String[] names = devices.stream().map(DeviceRef::deviceId).toArray(String[]::new);
        return inTime(pool.preparedQuery(STATE).execute(Tuple.of(apps, users, names)))
                .map(rows -> {
                    List<InboxState> states = new ArrayList<>(devices.size());
                    rows.forEach(row -> states.add(state(row)));
                    return states;
                });
    }

    private static InboxState state(Row row) {
        InboxPosition end =
                row.getLong(0) == null ? InboxPosition.NONE : new InboxPosition(row.getLong(0), row.getLong(1));
        InboxPosition confirmed = row.getLong(2) == null ? null : new InboxPosition(row.getLong(2), row.getLong(3));
        return new InboxState(end, confirmed);
    }

    private Uni<List<List<InboxMessage>>> readPages(List<Page> asked) {
        int count = asked.size();
        LocalDate[] oldest = new LocalDate[count];
        Long[] epochs = new Long[count];
        Long[] after = new Long[count];
        Long[] bytes = new Long[count];
        Arrays.setAll(oldest, i -> retention.oldestOf(asked.get(i).user.appKey()));
        Arrays.setAll(epochs, i -> asked.get(i).after.epoch());
        Arrays.setAll(after, i -> asked.get(i).after.offset());
        Arrays.setAll(bytes, i -> (long) asked.get(i).bytes);
        Tuple columns = Tuple.tuple()
                .addArrayOfString(asked.stream().map(page -> page.user.appKey()).toArray(String[]::new))
                .addArrayOfString(asked.stream().map(page -> page.user.userId()).toArray(String[]::new))
                .addArrayOfLong(epochs)
                .addArrayOfLong(after)
                .addArrayOfLocalDate(oldest)
                .addArrayOfLong(bytes)
                .addInteger(MAX_MESSAGES);
        return inTime(pool.preparedQuery(PAGE).execute(columns)).map(rows -> {
            List<List<InboxMessage>> pages = new ArrayList<>();
            asked.forEach(page -> pages.add(new ArrayList<>()));
            for (Row row : rows) {
                pages.get(row.getLong(0).intValue() - 1)
                        .add(new InboxMessage(
                                row.getLong(1),
                                row.getString(2),
                                row.get(Buffer.class, 3).getBytes()));
            }
            return pages;
        });
    }

    private static Uni<RowSet<Row>> inTime(Uni<RowSet<Row>> answer) {
        return answer.ifNoItem().after(PATIENCE).fail();
    }
}

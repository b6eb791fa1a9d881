package dev.fanfare.delivery.recall;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Messages that were taken back, remembered in PostgreSQL for {@code fanfare.recall.retention}, 7 days, rounded up to days.
 * One round trip each, whatever the number of messages. All fail while PostgreSQL is away, and may be asked again then.
 */
@ApplicationScoped
public class RecalledMessages {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String ADD =
            """
            insert into delivery.recalled as known (app_key, message_uid, day, data)
            select distinct on (app_key, message_uid) app_key, message_uid, $3::date, data
            from unnest($1::text[], $2::text[], $4::bytea[]) as t (app_key, message_uid, data)
            order by app_key, message_uid, data nulls last
            on conflict (app_key, message_uid, day) do update set data = excluded.data
            where known.data is null and excluded.data is not null
            """;

    private static final String OF =
            """
            select distinct app_key, message_uid
            from delivery.recalled
            join unnest($1::text[], $2::text[]) as asked (app_key, message_uid) using (app_key, message_uid)
            """;

    private static final String LATELY = "select distinct app_key, message_uid from delivery.recalled where day >= $1";

    private final Pool pool;

    RecalledMessages(Pool pool) {
        this.pool = pool;
    }

    /** From now on these are taken back. Adding one again does no harm. */
    public Uni<Void> add(Collection<Recall> recalls) {
        return recalls.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(ADD)
                        .execute(columns(recalls.stream().map(Recall::message).toList())
                                .addLocalDate(LocalDate.now(ZoneOffset.UTC))
                                .addValue(recalls.stream()
                                        .map(recall -> recall.inInboxes()
                                                .map(Buffer::buffer)
                                                .orElse(null))
                                        .toArray(Buffer[]::new)))
                        .replaceWithVoid()
                        .ifNoItem()
                        .after(PATIENCE)
                        .fail();
    }

    /** Those of these messages that were taken back. */
    public Uni<Set<MessageKey>> of(Set<MessageKey> messages) {
        return messages.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : pool.preparedQuery(OF)
                        .execute(columns(messages))
                        .map(rows -> {
                            Set<MessageKey> recalled = new HashSet<>();
                            rows.forEach(row -> recalled.add(message(row)));
                            return recalled;
                        })
                        .ifNoItem()
                        .after(PATIENCE)
                        .fail();
    }

    /** All that were taken back today or yesterday, messageUIDs by app. */
    public Uni<Map<String, List<String>>> lately() {
        return pool.preparedQuery(LATELY)
                .execute(Tuple.of(LocalDate.now(ZoneOffset.UTC).minusDays(1)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(RecalledMessages::message)
                        .collect(Collectors.groupingBy(
                                MessageKey::appKey, Collectors.mapping(MessageKey::messageUid, Collectors.toList()))))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private static MessageKey message(Row row) {
        return new MessageKey(row.getString("app_key"), row.getString("message_uid"));
    }

    private static Tuple columns(Collection<MessageKey> messages) {
        return Tuple.tuple()
                .addArrayOfString(column(messages, MessageKey::appKey))
                .addArrayOfString(column(messages, MessageKey::messageUid));
    }

    private static String[] column(Collection<MessageKey> messages, Function<MessageKey, String> value) {
        return messages.stream().map(value).toArray(String[]::new);
    }
}

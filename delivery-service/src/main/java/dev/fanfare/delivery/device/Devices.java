package dev.fanfare.delivery.device;

import static java.util.stream.Collectors.toMap;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device.Environment;
import dev.fanfare.delivery.quiet.QuietTime;
import dev.fanfare.delivery.user.UserKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The devices that can be pushed to, in PostgreSQL; every call fails within {@code fanfare.devices.database-patience}
 * while that is away. Of two users who register the same token at the same time one has it afterwards. Never blocks; any
 * thread.
 */
@ApplicationScoped
public class Devices implements PushTargets {

    private static final String COLUMNS =
            "app_key, user_id, device_id, provider, token, environment, app_id, locale, time_zone, registered_at";

    private static final String TAKE_FROM_OTHERS =
            """
            delete from delivery.device
            where app_key = $1 and provider = $2 and token_hash = $3 and (user_id, device_id) <> ($4, $5)""";

    private static final String UPSERT =
            """
            insert into delivery.device
              (app_key, user_id, device_id, provider, token, token_hash, environment, app_id, locale, time_zone,
               registered_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (app_key, user_id, device_id) do update set
              provider = excluded.provider, token = excluded.token, token_hash = excluded.token_hash,
              environment = excluded.environment, app_id = excluded.app_id, locale = excluded.locale,
              time_zone = excluded.time_zone,
              registered_at = excluded.registered_at""";

    private static final String FORGET_OLDEST =
            """
            delete from delivery.device
            where app_key = $1 and user_id = $2 and device_id in (
              select device_id from delivery.device where app_key = $1 and user_id = $2
              order by registered_at desc, device_id offset $3)""";

    private static final String REMOVE =
            "delete from delivery.device where app_key = $1 and user_id = $2 and device_id = $3";
    private static final String REMOVE_ALL = "delete from delivery.device where app_key = $1 and user_id = $2";

    private static final String REMOVE_INVALID =
            """
            delete from delivery.device
            where app_key = $1 and user_id = $2 and device_id = $3 and provider = $4 and token = $5
              and registered_at < $6""";

    private static final String LIST = "select " + COLUMNS
            + " from delivery.device where app_key = $1 and user_id = $2 order by registered_at desc, device_id";

    private static final String REACHABLE =
            """
            select app_key, user_id, array_agg(device_id order by device_id) as device_ids,
              array_agg(provider order by device_id) as providers
            from delivery.device join unnest($1::text[], $2::text[]) as asked (app_key, user_id) using (app_key, user_id)
            group by app_key, user_id""";

    private static final String TARGETS = "select " + COLUMNS
            + """
            , start_time, period_minutes, level
            from delivery.device
            join unnest($1::text[], $2::text[], $3::text[]) as asked (app_key, user_id, device_id)
              using (app_key, user_id, device_id)
            left join delivery.quiet_time using (app_key, user_id)""";

    /** What a race of registrations ends with: unique_violation, serialization_failure, deadlock_detected. */
    private static final Set<String> RACE_LOST = Set.of("23505", "40001", "40P01");

    private static final int RACES = 10;
    private static final Duration SHORT_WHILE = Duration.ofMillis(5);
    private static final Duration LONG_WHILE = Duration.ofMillis(100);

    private final Pool postgres;
    private final DevicesConfig config;
    private final Clock clock;

    @Inject
    Devices(Pool postgres, DevicesConfig config) {
        this(postgres, config, Clock.systemUTC());
    }

    Devices(Pool postgres, DevicesConfig config, Clock clock) {
        this.postgres = postgres;
        this.config = config;
        this.clock = clock;
    }

    /** From now on the device has this token, and nobody else of the app has it. */
    public Uni<Void> register(Device device) {
        return patiently(postgres.withTransaction(connection -> register(connection, device))
                .onFailure(Devices::isRaceLost)
                .retry()
                .withBackOff(SHORT_WHILE, LONG_WHILE)
                .atMost(RACES));
    }

    private Uni<Void> register(SqlConnection connection, Device device) {
        Tuple token = Tuple.of(device.appKey(), device.provider(), hash(device), device.userId(), device.deviceId());
        Tuple limit = Tuple.of(device.appKey(), device.userId(), config.maxPerUser());
        return connection
                .preparedQuery(TAKE_FROM_OTHERS)
                .execute(token)
                .chain(() -> connection.preparedQuery(UPSERT).execute(row(device)))
                .chain(() -> connection.preparedQuery(FORGET_OLDEST).execute(limit))
                .replaceWithVoid();
    }

    private static Tuple row(Device device) {
        return Tuple.tuple()
                .addString(device.appKey())
                .addString(device.userId())
                .addString(device.deviceId())
                .addString(device.provider())
                .addString(device.token().reveal())
                .addValue(hash(device))
                .addString(device.environment().name())
                .addString(device.appId())
                .addString(device.locale())
                .addString(device.timeZone())
                .addOffsetDateTime(device.registeredAt().atOffset(ZoneOffset.UTC));
    }

    private static Buffer hash(Device device) {
        try {
            return Buffer.buffer(
                    MessageDigest.getInstance("SHA-256").digest(device.token().bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isRaceLost(Throwable e) {
        return e instanceof PgException refused && RACE_LOST.contains(refused.getSqlState());
    }

    /** The user has logged out on the device. */
    public Uni<Boolean> remove(DeviceRef device) {
        return run(REMOVE, Tuple.of(device.appKey(), device.userId(), device.deviceId()))
                .map(rows -> rows.rowCount() > 0);
    }

    /** @return how many there were */
    public Uni<Integer> removeAll(UserKey owner) {
        return run(REMOVE_ALL, Tuple.of(owner.appKey(), owner.userId())).map(RowSet::rowCount);
    }

    /** The user's devices, the last registered first. */
    public Uni<List<Device>> list(UserKey owner) {
        return run(LIST, Tuple.of(owner.appKey(), owner.userId())).map(rows -> all(rows, Devices::device));
    }

    /**
     * Which devices of these users have a token, in one round trip.
     *
     * @return devices in the order of their ids; users without such a device are not in it
     */
    public Uni<Map<UserKey, List<ReachableDevice>>> reachable(Collection<UserKey> owners) {
        if (owners.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<UserKey> asked = owners.stream().distinct().toList();
        Tuple arguments = Tuple.tuple()
                .addArrayOfString(column(asked, UserKey::appKey))
                .addArrayOfString(column(asked, UserKey::userId));
        return run(REACHABLE, arguments).map(rows -> all(rows, Function.identity()).stream()
                .collect(toMap(Devices::owner, Devices::reachableDevices)));
    }

    private static List<ReachableDevice> reachableDevices(Row row) {
        String[] ids = row.getArrayOfStrings("device_ids");
        String[] providers = row.getArrayOfStrings("providers");
        return IntStream.range(0, ids.length)
                .mapToObj(i -> new ReachableDevice(ids[i], providers[i]))
                .toList();
    }

    @Override
    public Uni<List<PushTarget>> of(Collection<DeviceRef> devices) {
        if (devices.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<DeviceRef> asked = devices.stream().distinct().toList();
        Tuple arguments = Tuple.tuple()
                .addArrayOfString(column(asked, DeviceRef::appKey))
                .addArrayOfString(column(asked, DeviceRef::userId))
                .addArrayOfString(column(asked, DeviceRef::deviceId));
        return run(TARGETS, arguments).map(rows -> {
            Instant now = clock.instant();
            return all(rows, row -> target(row, now));
        });
    }

    @Override
    public Uni<Boolean> removeInvalid(Device device, Instant invalidSince) {
        Tuple arguments = Tuple.of(
                        device.appKey(),
                        device.userId(),
                        device.deviceId(),
                        device.provider(),
                        device.token().reveal())
                .addOffsetDateTime(invalidSince.atOffset(ZoneOffset.UTC));
        return run(REMOVE_INVALID, arguments).map(rows -> rows.rowCount() > 0);
    }

    private Uni<RowSet<Row>> run(String sql, Tuple arguments) {
        return patiently(postgres.preparedQuery(sql).execute(arguments));
    }

    private <T> Uni<T> patiently(Uni<T> answer) {
        return answer.ifNoItem().after(config.databasePatience()).fail();
    }

    private static <T> String[] column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }

    private static UserKey owner(Row row) {
        return new UserKey(row.getString("app_key"), row.getString("user_id"));
    }

    private static Device device(Row row) {
        OffsetDateTime registeredAt = row.getOffsetDateTime("registered_at");
        return new Device(
                row.getString("app_key"),
                row.getString("user_id"),
                row.getString("device_id"),
                row.getString("provider"),
                Secret.of(row.getString("token")),
                Environment.valueOf(row.getString("environment")),
                row.getString("app_id"),
                row.getString("locale"),
                row.getString("time_zone"),
                registeredAt.toInstant());
    }

    private PushTarget target(Row row, Instant now) {
        Device device = device(row);
        LocalTime start = row.getLocalTime("start_time");
        boolean quiet = start != null
                && new QuietTime(start, row.getInteger("period_minutes"), row.getInteger("level"))
                        .isQuiet(now, zone(device.timeZone()));
        return new PushTarget(device, quiet);
    }

    /** Zones are checked when they come; what the time zone data knew then it may not know now. */
    private ZoneId zone(String name) {
        try {
            return name == null ? config.timeZone() : ZoneId.of(name);
        } catch (DateTimeException e) {
            return config.timeZone();
        }
    }
}

package dev.fanfare.delivery.push.credential;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.sealing.Sealer.Sealed;
import dev.fanfare.contracts.sealing.Sealer.UnreadableException;
import dev.fanfare.delivery.push.PushConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The credentials of all apps, in PostgreSQL. One that cannot be decrypted is reported and treated as if it were not
 * there. Does not start without its keys. Thread-safe, never blocks, fails while PostgreSQL is away.
 */
@ApplicationScoped
public class Credentials {

    private static final Logger LOGGER = Logger.getLogger(Credentials.class);

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final String READ =
            """
            select app_key, provider, key_id, settings, updated_at
            from delivery.push_credential
            join unnest($1::text[], $2::text[]) as asked (app_key, provider) using (app_key, provider)
            """;

    private static final String TIMES =
            """
            select app_key, provider, updated_at
            from delivery.push_credential
            join unnest($1::text[], $2::text[]) as asked (app_key, provider) using (app_key, provider)
            """;

    private static final String OF_APP =
            """
            select app_key, provider, key_id, settings, updated_at
            from delivery.push_credential where app_key = $1 order by provider
            """;

    /** Each change has a time of its own, by which nodes know it from the one before. */
    private static final String PUT =
            """
            insert into delivery.push_credential as known (app_key, provider, key_id, settings, updated_at)
            values ($1, $2, $3, $4, clock_timestamp())
            on conflict (app_key, provider) do update
            set key_id = excluded.key_id, settings = excluded.settings,
                updated_at = greatest(excluded.updated_at, known.updated_at + interval '1 microsecond')
            returning updated_at
            """;

    private static final String DELETE = "delete from delivery.push_credential where app_key = $1 and provider = $2";

    private final Pool pool;
    private final CredentialCipher cipher;

    Credentials(Pool pool, PushConfig config) {
        this.pool = pool;
        Map<String, Secret> keys = new HashMap<>(config.previousCredentialKeys());
        keys.put(config.credentialKeyId(), config.credentialKey());
        this.cipher = new CredentialCipher(config.credentialKeyId(), keys);
    }

    /** Those that there are, in one round trip. */
    public Uni<List<Credential>> of(Collection<CredentialKey> keys) {
        return inTime(pool.preparedQuery(READ).execute(columns(keys))).map(this::credentials);
    }

    /** When those that there are were last changed. */
    public Uni<Map<CredentialKey, Instant>> timesOf(Collection<CredentialKey> keys) {
        return inTime(pool.preparedQuery(TIMES).execute(columns(keys))).map(rows -> {
            Map<CredentialKey, Instant> times = new HashMap<>();
            rows.forEach(row -> times.put(keyOf(row), timeOf(row)));
            return times;
        });
    }

    Uni<List<Credential>> ofApp(String appKey) {
        return inTime(pool.preparedQuery(OF_APP).execute(Tuple.of(appKey))).map(this::credentials);
    }

    /** @return since when it is so */
    Uni<Instant> put(CredentialKey key, Map<String, Secret> settings) {
        Sealed sealed = cipher.seal(key, settings);
        return inTime(pool.preparedQuery(PUT)
                        .execute(Tuple.of(key.appKey(), key.provider(), sealed.keyId(), Buffer.buffer(sealed.bytes()))))
                .map(rows -> timeOf(rows.iterator().next()));
    }

    /** @return whether there was one */
    Uni<Boolean> delete(CredentialKey key) {
        return inTime(pool.preparedQuery(DELETE).execute(Tuple.of(key.appKey(), key.provider())))
                .map(rows -> rows.rowCount() > 0);
    }

    private static <T> Uni<T> inTime(Uni<T> answer) {
        return answer.ifNoItem().after(PATIENCE).fail();
    }

    private List<Credential> credentials(Iterable<Row> rows) {
        List<Credential> credentials = new ArrayList<>();
        rows.forEach(row -> credential(row).ifPresent(credentials::add));
        return credentials;
    }

    private Optional<Credential> credential(Row row) {
        CredentialKey key = keyOf(row);
        Sealed sealed =
                new Sealed(row.getString("key_id"), row.getBuffer("settings").getBytes());
        try {
            return Optional.of(new Credential(key, cipher.open(key, sealed), timeOf(row)));
        } catch (UnreadableException e) {
            LOGGER.errorf(
                    "the credential of app %s for %s cannot be used: %s", key.appKey(), key.provider(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Tuple columns(Collection<CredentialKey> keys) {
        return Tuple.of(
                keys.stream().map(CredentialKey::appKey).toArray(String[]::new),
                keys.stream().map(CredentialKey::provider).toArray(String[]::new));
    }

    private static CredentialKey keyOf(Row row) {
        return new CredentialKey(row.getString("app_key"), row.getString("provider"));
    }

    private static Instant timeOf(Row row) {
        OffsetDateTime time = row.getOffsetDateTime("updated_at");
        return time.toInstant();
    }
}

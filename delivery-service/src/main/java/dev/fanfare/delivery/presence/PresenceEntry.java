package dev.fanfare.delivery.presence;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.delivery.session.SessionInfo;
import io.vertx.mutiny.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A session as presence knows it.
 *
 * @param mailbox the partition of {@code fanfare.delivery.node.v1} that its node reads
 * @param node id of its node
 * @param connectedAt ms since 1970
 * @param stored the hash value that it was read from; removing compares it
 */
public record PresenceEntry(
        String sessionId, int mailbox, String node, String device, long connectedAt, String stored) {

    /** The order in which sessions came, backwards; the same for everybody. */
    public static final Comparator<PresenceEntry> LATEST_FIRST =
            Comparator.comparingLong(PresenceEntry::connectedAt).reversed().thenComparing(PresenceEntry::sessionId);

    /** The hash value; {@code announcedAt} makes every announcement differ from the one before. */
    @JsonPropertyOrder({"mailbox", "node", "device", "connectedAt", "announcedAt"})
    private record Stored(int mailbox, String node, String device, long connectedAt, long announcedAt) {}

    static String store(SessionInfo session, int mailbox, String node, long announcedAt) {
        Stored stored = new Stored(mailbox, node, session.deviceId(), session.connectedAt(), announcedAt);
        return new String(Json.write(stored), StandardCharsets.UTF_8);
    }

    /** The entries in a hash, the latest connected first. */
    static List<PresenceEntry> all(Response hash) {
        return hash.getKeys().stream()
                .flatMap(id -> parse(id, hash.get(id).toString()).stream())
                .sorted(LATEST_FIRST)
                .toList();
    }

    /** Empty if it is not an entry. */
    static Optional<PresenceEntry> parse(String sessionId, String value) {
        try {
            Stored stored = Json.read(value.getBytes(StandardCharsets.UTF_8), Stored.class);
            return stored.node() == null
                    ? Optional.empty()
                    : Optional.of(new PresenceEntry(
                            sessionId, stored.mailbox(), stored.node(), stored.device(), stored.connectedAt(), value));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}

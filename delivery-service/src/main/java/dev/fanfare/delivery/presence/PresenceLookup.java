package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.node.Batches;
import dev.fanfare.delivery.node.RedisPipeline;
import dev.fanfare.delivery.node.RedisQueue;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import dev.fanfare.delivery.user.UserKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Asks where users are: one round trip to Redis or two, whatever the number of users. Fails while Redis is away. */
@Startup // so that its metrics are there from the start
@ApplicationScoped
public class PresenceLookup {

    private static final Logger LOGGER = Logger.getLogger(PresenceLookup.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);
    private static final int MAX_STALE_QUEUED = 100_000;
    private static final int TOGETHER = 200;
    private static final int MAX_TOGETHER_WAITING = 200_000;

    private final RedisPipeline redis;
    private final RedisQueue removal;
    private final Batches<Collection<UserKey>, Presence> together =
            new Batches<>(TOGETHER, MAX_TOGETHER_WAITING, this::settledOfAll);
    private final LivingNodes nodes;
    private final Counter stale;

    PresenceLookup(RedisPipeline redis, LivingNodes nodes, MeterRegistry metrics) {
        this.redis = redis;
        this.removal = new RedisQueue(redis, MAX_STALE_QUEUED);
        this.nodes = nodes;
        this.stale = metrics.counter(RoutingMetrics.PRESENCE_STALE);
    }

    /** Answers when presence can be believed: at once, except in the seconds after Redis lost its data. */
    public Uni<Presence> settled(Collection<UserKey> users) {
        return now(users)
                .repeat()
                .withDelay(ASK_AGAIN)
                .whilst(presence -> !presence.settled())
                .collect()
                .last();
    }

    /**
     * The same for a small question of which there are thousands at the same time, as when a node has left: those that
     * come while some are under way leave together.
     */
    public Uni<Presence> settledTogether(Collection<UserKey> users) {
        return Uni.createFrom().completionStage(() -> together.ask(users));
    }

    private Uni<List<Presence>> settledOfAll(List<Collection<UserKey>> questions) {
        return settled(questions.stream().flatMap(Collection::stream).toList())
                .map(found -> questions.stream().map(found::only).toList());
    }

    /**
     * What Redis knows now, complete or not. The generation is asked for after the entries: if Redis lost its data in
     * between or before, that shows, and an entry that is missing for that reason is not taken for a user who is offline.
     */
    public Uni<Presence> now(Collection<UserKey> users) {
        List<UserKey> asked = List.copyOf(new HashSet<>(users));
        List<Request> questions = new ArrayList<>();
        asked.forEach(user -> questions.add(PresenceCommands.read(user)));
        questions.add(PresenceCommands.generation());
        questions.add(PresenceCommands.isSettling());
        return redis.send(questions).flatMap(replies -> {
            Response generation = replies.get(asked.size());
            Response settling = replies.get(asked.size() + 1);
            return judge(found(asked, replies), generation != null && settling.toInteger() == 0);
        });
    }

    /** Whether the user was connected within {@code fanfare.presence.memory}, and since Redis last lost its data. */
    public Uni<Boolean> wasSeen(UserKey user) {
        return redis.send(List.of(PresenceCommands.wasSeen(user)))
                .map(replies -> replies.get(0).toInteger() > 0);
    }

    /** Removes entries that were found to be stale, unless they were announced again; never fails. */
    public Uni<Void> remove(Map<UserKey, List<PresenceEntry>> entries) {
        List<Request> removals = new ArrayList<>();
        entries.forEach((user, some) -> some.forEach(
                entry -> removals.add(PresenceCommands.removeUnchanged(user, entry.sessionId(), entry.stored()))));
        if (removals.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        stale.increment(removals.size());
        return Uni.createFrom()
                .completionStage(() -> removal.send(removals))
                .onFailure()
                .invoke(e -> LOGGER.debugf("stale entries stay for now: %s", e))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static Map<UserKey, List<PresenceEntry>> found(List<UserKey> users, List<Response> replies) {
        Map<UserKey, List<PresenceEntry>> found = new HashMap<>();
        for (int i = 0; i < users.size(); i++) {
            List<PresenceEntry> entries = PresenceEntry.all(replies.get(i));
            if (!entries.isEmpty()) {
                found.put(users.get(i), entries);
            }
        }
        return found;
    }

    private Uni<Presence> judge(Map<UserKey, List<PresenceEntry>> found, boolean settled) {
        List<String> named = found.values().stream()
                .flatMap(List::stream)
                .map(PresenceEntry::node)
                .toList();
        return nodes.among(named).flatMap(alive -> {
            Map<UserKey, List<PresenceEntry>> live = some(found, alive, true);
            return remove(some(found, alive, false)).replaceWith(new Presence(live, settled));
        });
    }

    private static Map<UserKey, List<PresenceEntry>> some(
            Map<UserKey, List<PresenceEntry>> found, Set<String> alive, boolean ofThose) {
        Map<UserKey, List<PresenceEntry>> some = new HashMap<>();
        found.forEach((user, entries) -> {
            List<PresenceEntry> kept = entries.stream()
                    .filter(entry -> alive.contains(entry.node()) == ofThose)
                    .toList();
            if (!kept.isEmpty()) {
                some.put(user, kept);
            }
        });
        return some;
    }
}

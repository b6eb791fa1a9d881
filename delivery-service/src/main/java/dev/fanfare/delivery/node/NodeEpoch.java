package dev.fanfare.delivery.node;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sign of life of the nodes, {@code fanfare:node:<id>} in Redis, whose value is where to reach the node. When a node dies its key runs out, and everything
 * that it left in Redis is known to be dead without anybody having to clean up.
 */
@ApplicationScoped
public class NodeEpoch {

    private static final String KEY = "fanfare:node:";
    private static final int MAX_QUESTIONS = 100_000;

    private final RedisPipeline redis;
    private final NodeIdentity node;
    private final NodeConfig config;
    private final RedisQueue questions;

    public NodeEpoch(RedisPipeline redis, NodeIdentity node, NodeConfig config) {
        this.redis = redis;
        this.questions = new RedisQueue(redis, MAX_QUESTIONS);
        this.node = node;
        this.config = config;
    }

    /** Says that this node is alive. Answers whether the others could see that until now. */
    public Uni<Boolean> renew() {
        Request set = Request.cmd(Command.SET)
                .arg(KEY + node.id())
                .arg(config.advertisedUrl())
                .arg("PX")
                .arg(config.ttl().toMillis())
                .arg("GET");
        return redis.send(List.of(set)).map(replies -> replies.get(0) != null);
    }

    /** Where another node's internal HTTP is reached from here, if that node is alive. */
    public Uni<Optional<String>> urlOf(String nodeId) {
        Request get = Request.cmd(Command.GET).arg(KEY + nodeId);
        return redis.send(List.of(get))
                .map(replies -> Optional.ofNullable(replies.get(0)).map(Response::toString));
    }

    /** Which of these nodes are alive. Questions that are asked at the same time share round trips. */
    public Uni<Set<String>> alive(Collection<String> nodeIds) {
        List<String> asked = List.copyOf(new HashSet<>(nodeIds));
        if (asked.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return Uni.createFrom()
                .completionStage(() ->
                        questions.send(asked.stream().map(NodeEpoch::isAlive).toList()))
                .map(replies -> IntStream.range(0, asked.size())
                        .filter(i -> replies.get(i).toInteger() == 1)
                        .mapToObj(asked::get)
                        .collect(Collectors.toSet()));
    }

    /** The question whether a node is alive; the reply is 1 or 0. */
    private static Request isAlive(String nodeId) {
        return Request.cmd(Command.EXISTS).arg(KEY + nodeId);
    }
}

package dev.fanfare.delivery.node;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The sign of life of the nodes, {@code fanfare:node:<id>} in Redis. When a node dies its key runs out, and everything
 * that it left in Redis is known to be dead without anybody having to clean up.
 */
@ApplicationScoped
public class NodeEpoch {

    private static final String KEY = "fanfare:node:";

    private final RedisPipeline redis;
    private final NodeIdentity node;
    private final NodeConfig config;

    public NodeEpoch(RedisPipeline redis, NodeIdentity node, NodeConfig config) {
        this.redis = redis;
        this.node = node;
        this.config = config;
    }

    /** Says that this node is alive. Answers whether the others could see that until now. */
    public Uni<Boolean> renew() {
        Request set = Request.cmd(Command.SET)
                .arg(KEY + node.id())
                .arg(System.currentTimeMillis())
                .arg("PX")
                .arg(config.ttl().toMillis())
                .arg("GET");
        return redis.send(List.of(set)).map(replies -> replies.get(0) != null);
    }

    /** The question whether a node is alive; the reply is 1 or 0. */
    public static Request isAlive(String nodeId) {
        return Request.cmd(Command.EXISTS).arg(KEY + nodeId);
    }
}

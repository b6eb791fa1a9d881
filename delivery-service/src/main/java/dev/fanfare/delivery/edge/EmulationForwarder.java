package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.node.NodeEpoch;
import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Passes an emulation request on to the node that has the session, by internal HTTP: the client port has what clients
 * need, its TLS certificate names no node, and a proxy's header may be due there. At most once, and never further than one
 * node.
 */
@ApplicationScoped
class EmulationForwarder {

    private static final Logger LOGGER = Logger.getLogger(EmulationForwarder.class);
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int NO_CONTENT = 204;

    private final NodeEpoch nodes;
    private final InternalKey key;
    private final HttpClient client;

    EmulationForwarder(NodeEpoch nodes, InternalKey key, Vertx vertx) {
        this.nodes = nodes;
        this.key = key;
        this.client = vertx.createHttpClient();
    }

    /** Whether the node took it; false if it is gone, or knows no such session. Never fails. */
    Uni<Boolean> forward(String node, String contentType, byte[] body) {
        return nodes.urlOf(node)
                .flatMap(url -> url.isEmpty()
                        ? Uni.createFrom().item(false)
                        : post(url.get() + EmulationResource.PATH, contentType, body))
                .onFailure()
                .invoke(e -> LOGGER.debugf("commands for a session on node %s were not passed on: %s", node, e))
                .onFailure()
                .recoverWithItem(false);
    }

    private Uni<Boolean> post(String url, String contentType, byte[] body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url)
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("Authorization", key.authorization());
        if (contentType != null) {
            options.putHeader("Content-Type", contentType);
        }
        return client.request(options)
                .flatMap(request -> request.send(Buffer.buffer(body)))
                .map(HttpClientResponse::statusCode)
                .map(status -> status == NO_CONTENT);
    }
}

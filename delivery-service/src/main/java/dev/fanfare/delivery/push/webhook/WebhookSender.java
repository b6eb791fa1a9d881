package dev.fanfare.delivery.push.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.RetryAfter;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.delivery.push.http.Reachable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.net.SocketAddress;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.codec.BodyCodec;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Posts to one receiver. The host is resolved for each push (the Java platform remembers for a while), and the connection
 * goes to the very address that was judged: a name that leads elsewhere a moment later does not help.
 */
final class WebhookSender implements PushSender {

    private static final int GONE = 410;

    /** Bytes of an answer that are looked at: it has an id, or nothing that matters. */
    private static final int MOST_ANSWER = 16_384;

    private final PushHttp http;
    private final URI url;
    private final int port;
    private final Reachable reachable;
    private final List<WebhookSecret> secrets;
    private final Clock clock;

    WebhookSender(PushHttp http, URI url, Reachable reachable, List<WebhookSecret> secrets, Clock clock) {
        this.http = http;
        this.url = url;
        this.port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        this.reachable = reachable;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Uni<PushResult> send(Push push) {
        return Uni.createFrom()
                .item(this::resolve)
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .chain(address -> address.map(allowed -> post(push, allowed)).orElseGet(WebhookSender::unreachable));
    }

    /** The first of the host's addresses that may be sent to; empty if there is none, or no host. Blocks. */
    private Optional<SocketAddress> resolve() {
        try {
            return Stream.of(InetAddress.getAllByName(url.getHost()))
                    .filter(reachable::allows)
                    .map(address -> SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                    .findFirst();
        } catch (UnknownHostException nowhere) {
            return Optional.empty();
        }
    }

    private Uni<PushResult> post(Push push, SocketAddress address) {
        WebhookPush content = WebhookPush.of(push);
        byte[] body = content.json();
        long seconds = clock.instant().getEpochSecond();
        String signatures = secrets.stream()
                .map(secret -> secret.sign(content.id(), seconds, body))
                .collect(Collectors.joining(" "));
        return http.post(url, address)
                .as(BodyCodec.<byte[]>newInstance(FirstBytes.codec(MOST_ANSWER)))
                .putHeader("Content-Type", "application/json")
                .putHeader("webhook-id", content.id())
                .putHeader("webhook-timestamp", Long.toString(seconds))
                .putHeader("webhook-signature", signatures)
                .sendBuffer(Buffer.buffer(body))
                .map(response -> result(reply(response)));
    }

    private HttpReply reply(HttpResponse<byte[]> response) {
        Instant now = clock.instant();
        return new HttpReply(
                response.statusCode(),
                RetryAfter.parse(response.getHeader("Retry-After"), now),
                json(response.body()),
                now);
    }

    private static JsonNode json(byte[] body) {
        try {
            return body == null ? MissingNode.getInstance() : Json.read(body, JsonNode.class);
        } catch (MalformedJsonException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static Uni<PushResult> unreachable() {
        return Uni.createFrom().item(new Unavailable("no address that is allowed", null, Scope.CREDENTIAL));
    }

    private static PushResult result(HttpReply reply) {
        if (reply.isOk()) {
            return new Accepted(reply.body().path("id").asText(null));
        }
        if (reply.status() == GONE) {
            return new Rejected("http 410", reply.at());
        }
        // The receiver has no table of its own: what it refuses is refused, be it 401 or 403.
        return reply.status() == 401 || reply.status() == 403
                ? new Rejected("http " + reply.status(), null)
                : reply.refusal();
    }

    @Override
    public void close() {
        // The connections are shared by all providers.
    }
}

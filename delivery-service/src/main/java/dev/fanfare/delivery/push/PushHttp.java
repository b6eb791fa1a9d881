package dev.fanfare.delivery.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.net.SocketAddress;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;

/**
 * How all providers whose API is HTTP are called: HTTP/2 over TLS where the provider has it, else HTTP/1.1; a bounded
 * number of connections for each host, so that a provider that hangs holds up no other; no redirects.
 */
@Singleton
public class PushHttp {

    /** Longer than providers take; the push worker may give up earlier. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 32;
    private static final int HTTP2_CONNECTIONS = 4;
    private static final int MOST_WAITING = 10_000;

    private final WebClient plain;
    private final WebClient encrypted;

    @Inject
    public PushHttp(Vertx vertx) {
        this(vertx, new WebClientOptions());
    }

    /** @param base what TLS trusts */
    PushHttp(Vertx vertx, WebClientOptions base) {
        plain = WebClient.create(vertx, options(base));
        encrypted = WebClient.create(
                vertx, options(base).setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true));
    }

    /** A request to POST there. */
    public HttpRequest<Buffer> post(URI url) {
        return client(url).postAbs(url.toString()).timeout(TIMEOUT.toMillis());
    }

    /** The same, where the address of the URL's host is decided already. */
    public HttpRequest<Buffer> post(URI url, SocketAddress address) {
        return client(url).requestAbs(HttpMethod.POST, address, url.toString()).timeout(TIMEOUT.toMillis());
    }

    /** The body of an answer; a missing node, on which all that is asked is missing too, if it is not JSON. */
    public static JsonNode json(HttpResponse<Buffer> response) {
        Buffer body = response.body();
        try {
            return body == null ? MissingNode.getInstance() : Json.read(body.getBytes(), JsonNode.class);
        } catch (MalformedJsonException notJson) {
            return MissingNode.getInstance();
        }
    }

    @PreDestroy
    void close() {
        plain.close();
        encrypted.close();
    }

    private WebClient client(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) ? encrypted : plain;
    }

    private static WebClientOptions options(WebClientOptions base) {
        return new WebClientOptions(base)
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setMaxPoolSize(CONNECTIONS)
                .setHttp2MaxPoolSize(HTTP2_CONNECTIONS)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setFollowRedirects(false)
                .setDecompressionSupported(true)
                .setUserAgent("fanfare");
    }
}

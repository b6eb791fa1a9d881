package dev.fanfare.fakes.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.fakes.FakeProvider;
import dev.fanfare.fakes.ReceivedPush;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A provider whose API is HTTP: collects each request, answers those to send out of the script of {@link #fail} and
 * {@link #hang} first, and all others by the vendor's rules, which are the subclass's {@link #answer}.
 *
 * <p>Listens on 127.0.0.1 from its construction until {@link #close()}. Rules run on the server's event loops, several
 * at a time.
 */
public abstract class FakeHttpProvider implements FakeProvider {

    private static final int MOST_BYTES = 1 << 20;
    private static final int REMEMBERED = 10_000;

    /** Of HTTP/2 (RFC 9113, section 7); of HTTP/1 the connection is closed. */
    private static final long CANCEL = 8;

    private final String name;
    private final HttpServer server;
    private final boolean tls;

    private final Map<String, Optional<Instant>> invalidSinceOfToken = new HashMap<>();
    private final Deque<ReceivedPush> received = new ArrayDeque<>();
    private final Deque<FakeAnswer> script = new ArrayDeque<>();
    private final List<HttpServerResponse> hanging = new ArrayList<>();
    private Consumer<ReceivedPush> listener = push -> {};
    private boolean hang;

    /** @param port 0: any that is free */
    protected FakeHttpProvider(String name, Vertx vertx, int port) {
        this(name, vertx, port, new HttpServerOptions());
    }

    /** @param options of the server: TLS, HTTP/2; host and port are set here */
    protected FakeHttpProvider(String name, Vertx vertx, int port, HttpServerOptions options) {
        this.name = name;
        tls = options.isSsl();
        server = vertx.createHttpServer(new HttpServerOptions(options)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(this::collect);
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** Whether this is a request to send a push: only these fail and hang on demand. */
    protected abstract boolean isSend(FakeRequest request);

    /** What the vendor says to this request: checks all, {@linkplain #take takes} a push that is right. */
    protected abstract FakeAnswer answer(FakeRequest request);

    /**
     * How the vendor says this error.
     *
     * @throws IllegalArgumentException the vendor has no such error
     */
    protected abstract FakeAnswer failure(String error);

    /** A token as the vendor would make one; another each time. */
    protected String makeToken() {
        return UUID.randomUUID().toString().replace("-", "")
                + UUID.randomUUID().toString().replace("-", "");
    }

    /** Where it is, without a slash at the end. */
    public final String url() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + server.actualPort();
    }

    protected final int port() {
        return server.actualPort();
    }

    /** Whether there is, or was, such a device. */
    protected final synchronized boolean isKnown(String token) {
        return invalidSinceOfToken.containsKey(token);
    }

    /** Since when a known device's token is not valid; empty while it is. */
    protected final synchronized Optional<Instant> invalidSince(String token) {
        return invalidSinceOfToken.getOrDefault(token, Optional.empty());
    }

    /** Whether a push for this token may be taken. */
    protected final boolean isValid(String token) {
        return isKnown(token) && invalidSince(token).isEmpty();
    }

    /** The app's own data among what a push carries for the app: RongCloud's {@code appData}, ZIM's {@code payload}. */
    protected static String dataOf(JsonNode fields) {
        return fields.path(fields.has("appData") ? "appData" : "payload").asText(null);
    }

    protected final synchronized void take(ReceivedPush push) {
        received.add(push);
        if (received.size() > REMEMBERED) {
            received.remove();
        }
        listener.accept(push);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final synchronized String newToken() {
        String token = makeToken();
        invalidSinceOfToken.put(token, Optional.empty());
        return token;
    }

    @Override
    public final synchronized void invalidate(String token) {
        invalidSinceOfToken.put(token, Optional.of(Instant.now()));
    }

    @Override
    public final synchronized List<ReceivedPush> received() {
        return List.copyOf(received);
    }

    @Override
    public final synchronized void fail(String error, int times) {
        FakeAnswer failure = failure(error);
        for (int i = 0; i < times; i++) {
            script.add(failure);
        }
    }

    @Override
    public final synchronized void hang(boolean hang) {
        this.hang = hang;
        if (!hang) {
            hanging.forEach(response -> response.reset(CANCEL));
            hanging.clear();
        }
    }

    /** Whom to tell of each push that is taken from now on. */
    public final synchronized void onReceived(Consumer<ReceivedPush> listener) {
        this.listener = listener;
    }

    /** How many requests wait for an answer that does not come. */
    public final synchronized int hanging() {
        return hanging.size();
    }

    @Override
    public void close() {
        hang(false);
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private void collect(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > MOST_BYTES) {
                request.connection().close();
            }
        });
        request.endHandler(end -> answer(
                new FakeRequest(
                        request.method().name(),
                        request.path(),
                        request.query() == null ? "" : request.query(),
                        request.headers(),
                        body),
                request.response()));
    }

    private void answer(FakeRequest request, HttpServerResponse response) {
        FakeAnswer scripted = null;
        if (isSend(request)) {
            synchronized (this) {
                if (hang) {
                    hanging.add(response);
                    return;
                }
                scripted = script.poll();
            }
        }
        FakeAnswer answer = scripted == null ? answer(request) : scripted;
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }
}

package dev.fanfare.delivery.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket that speaks JSON by hand, so that a test sees each frame and can send what no SDK would. */
public final class EdgeClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<JsonNode> replies = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final BlockingQueue<byte[]> framePings = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private volatile boolean reading = true;
    private volatile boolean answering = true;
    private final AtomicInteger pings = new AtomicInteger();

    public EdgeClient(InetSocketAddress server) {
        this(HttpClient.newHttpClient(), "ws://127.0.0.1:" + server.getPort() + HttpRoutes.WEBSOCKET_PATH);
    }

    EdgeClient(HttpClient http, String url) {
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(url), new Listener())
                .join();
    }

    /** Connects with a token, and what the client remembers as JSON of {@code subs}. */
    JsonNode connect(String token, String subs) throws Exception {
        send("{\"id\":1,\"connect\":{\"token\":\"" + token + "\",\"subs\":" + subs + "}}");
        return next();
    }

    public JsonNode connect(String token) throws Exception {
        return connect(token, "{}");
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    void sendBytes(byte[] frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }

    /** What comes from now on stays in the buffers of the systems between. */
    void stopReading() {
        reading = false;
    }

    /** It goes on reading, and answers no ping. */
    void stopAnswering() {
        answering = false;
    }

    /** How often it was pinged. */
    int pings() {
        return pings.get();
    }

    /** The next reply, pings left out. */
    public JsonNode next() throws InterruptedException {
        JsonNode reply = replies.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (reply == null) {
            throw new AssertionError("no reply in " + PATIENCE + (closed.isDone() ? ", closed: " + closed.join() : ""));
        }
        return reply;
    }

    /** The data of the next publication in a channel. */
    JsonNode nextPublication(String channel) throws InterruptedException {
        JsonNode push = next().path("push");
        if (!channel.equals(push.path("channel").asText())) {
            throw new AssertionError("a publication in " + channel + " was expected, not " + push);
        }
        return push.path("pub");
    }

    /** Waits for a ping of the WebSocket itself, which was answered. */
    boolean awaitFramePing(Duration patience) throws InterruptedException {
        return framePings.poll(patience.toMillis(), TimeUnit.MILLISECONDS) != null;
    }

    /** Replies that came and were not asked for yet. */
    List<JsonNode> drain() {
        List<JsonNode> rest = new ArrayList<>();
        replies.drainTo(rest);
        return rest;
    }

    /** The code with which the server closed. */
    public int closeCode() throws Exception {
        return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Its connection breaks. */
    void cut() {
        socket.abort();
    }

    @Override
    public void close() {
        cut();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                for (String line : text.toString().split("\n")) {
                    onLine(webSocket, line);
                }
                text.setLength(0);
            }
            if (reading) {
                webSocket.request(1);
            }
            return null;
        }

        private void onLine(WebSocket webSocket, String line) {
            if ("{}".equals(line)) {
                pings.incrementAndGet();
                if (answering) {
                    webSocket.sendText("{}", true);
                }
                return;
            }
            try {
                replies.add(JSON.readTree(line));
            } catch (IOException e) {
                closed.completeExceptionally(e);
            }
        }

        @Override
        public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
            framePings.add(new byte[message.remaining()]);
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}

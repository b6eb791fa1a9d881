package dev.fanfare.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.gateway.fixture.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    private static final Duration TIME = Duration.ofMillis(300);
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ";

    private final Vertx vertx = Vertx.vertx();
    private final List<Optional<byte[]>> bodies = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> RequestBody.read(vertx, request, TIME, body -> {
                    bodies.add(body);
                    request.response().end(body.isPresent() ? "kept" : "too long");
                }))
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void aBodyThatDoesNotEndIsNotWaitedFor() throws Exception {
        try (RawHttp client = new RawHttp(server.actualPort())) {
            // When
            String answer = client.send(HEAD + "100\r\n\r\nsome").untilClosed();

            // Then
            assertThat(answer).isEmpty();
            assertThat(bodies).isEmpty();
        }
    }

    @Test
    void sendingAByteNowAndThenDoesNotHelp() throws Exception {
        try (RawHttp client = new RawHttp(server.actualPort())) {
            client.send(HEAD + "1000000\r\n\r\n");

            // When
            await().pollInterval(Duration.ofMillis(20)).until(() -> isClosedAfter(client, "x"));

            // Then
            assertThat(bodies).isEmpty();
        }
    }

    @Test
    void whoSendsInTimeCanGoOnSendingAfterwards() throws Exception {
        try (RawHttp client = new RawHttp(server.actualPort())) {
            // Given
            assertThat(client.send(HEAD + "4\r\n\r\nsome").status()).isEqualTo("HTTP/1.1 200 OK");
            long first = System.nanoTime();

            // When
            await().pollInterval(Duration.ofMillis(20))
                    .until(() ->
                            System.nanoTime() - first > TIME.multipliedBy(2).toNanos());
            client.send(HEAD + "5\r\n\r\nother");

            // Then
            await().until(() -> bodies.size() == 2);
            assertThat(bodies.get(1))
                    .hasValueSatisfying(body -> assertThat(body).hasSize(5));
        }
    }

    @Test
    void aBodyThatIsTooLongIsReadAndNotKept() throws Exception {
        try (RawHttp client = new RawHttp(server.actualPort())) {
            // When
            int length = RequestBody.LIMIT_BYTES + 1;
            client.send(HEAD + length + "\r\n\r\n" + "x".repeat(length));

            // Then
            assertThat(client.status()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(bodies).containsExactly(Optional.empty());
        }
    }

    private static boolean isClosedAfter(RawHttp client, String text) throws Exception {
        try {
            client.send(text);
            return false;
        } catch (SocketException e) {
            return true;
        }
    }
}

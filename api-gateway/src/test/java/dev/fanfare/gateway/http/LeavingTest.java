package dev.fanfare.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server with one route, and a client that keeps its connection. */
class LeavingTest {

    private static final String CALL = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    private static final int PATIENCE_MILLIS = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final Leaving leaving = new Leaving();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        leaving.register(router);
        router.route().handler(call -> call.response().end("whole"));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aCallIsAnsweredAndIsTheLastOnItsConnection() throws IOException {
        // Given
        try (Socket client = connect()) {
            assertThat(call(client)).contains("200 OK").endsWith("whole").doesNotContainIgnoringCase("connection:");
            leaving.begin(new ShutdownDelayInitiatedEvent());

            // When
            String answer = call(client);

            // Then
            assertThat(answer)
                    .contains("200 OK")
                    .containsIgnoringCase("connection: close")
                    .endsWith("whole");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static String call(Socket client) throws IOException {
        client.getOutputStream().write(CALL.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("whole")) {
            int next = client.getInputStream().read();
            if (next < 0) {
                break;
            }
            answer.append((char) next);
        }
        return answer.toString();
    }
}

package dev.fanfare.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fanfare.embedded.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {

    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "{}";

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isContentWithHttp200() {
        // Given
        status = 200;

        // When
        var complaint = probe(server.getAddress().getPort()).complaint();

        // Then
        assertThat(complaint).isEmpty();
    }

    @Test
    void namesTheChecksThatAreDown() {
        // Given
        status = 503;
        body =
                """
                {"status":"DOWN","checks":[{"name":"kafka","status":"DOWN","data":{"reason":"gone"}},
                 {"name":"redis","status":"DOWN"},{"name":"postgres","status":"UP"}]}""";

        // When
        var complaint = probe(server.getAddress().getPort()).complaint();

        // Then
        assertThat(complaint).contains("HTTP 503, down: kafka {\"reason\":\"gone\"}, redis");
    }

    @Test
    void takesAnswersThatAreNoHealth() {
        // Given
        status = 502;
        body = "<html>";

        // When
        var complaint = probe(server.getAddress().getPort()).complaint();

        // Then
        assertThat(complaint).contains("HTTP 502");
    }

    @Test
    void saysThatNobodyAnswers() {
        // Given
        int port = FreePorts.next();

        // When
        var complaint = probe(port).complaint();

        // Then
        assertThat(complaint).hasValueSatisfying(text -> assertThat(text).contains("does not answer", ":" + port));
    }

    private static HealthProbe probe(int port) {
        return new HealthProbe(URI.create("http://localhost:" + port + "/q/health/ready"));
    }
}

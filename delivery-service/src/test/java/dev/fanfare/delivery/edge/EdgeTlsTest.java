package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class EdgeTlsTest {

    @TempDir
    static Path directory;

    private static TestCertificate certificate;

    @Inject
    EdgePort port;

    @Inject
    EdgeServer server;

    @TempDir
    Path files;

    private final EdgeFixture fixture = new EdgeFixture();
    private OpenPort tls;

    @BeforeAll
    static void make() throws Exception {
        certificate = new TestCertificate(directory, "edge", "EC");
    }

    @BeforeEach
    void open() throws Exception {
        await().until(() -> server.address() != null);
        write(certificate);
        tls = new OpenPort(
                port,
                Map.of(
                        "tls.certificate",
                        files.resolve("edge.crt").toString(),
                        "tls.key",
                        files.resolve("edge.key").toString(),
                        "tls.reload-interval",
                        "100ms",
                        "handshake-timeout",
                        "2s"));
    }

    @AfterEach
    void close() {
        tls.close();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aWebSocketGetsItsMessages(String version) throws Exception {
        // Given
        HttpClient http = HttpClient.newBuilder()
                .sslContext(certificate.trust)
                .sslParameters(new SSLParameters(null, new String[] {version}))
                .build();
        String url = "wss://127.0.0.1:" + tls.address().getPort() + HttpRoutes.WEBSOCKET_PATH;
        try (EdgeClient client = new EdgeClient(http, url)) {
            client.connect(fixture.token("u1"));

            // When: several records of TLS each
            ClientMessage large = fixture.broadcast("large ".repeat(15_000));
            ClientMessage small = fixture.broadcast("small");

            // Then
            assertThat(client.nextPublication("broadcast").path("data"))
                    .isEqualTo(Json.mapper().readTree(Json.write(large)));
            assertThat(client.nextPublication("broadcast").path("data"))
                    .isEqualTo(Json.mapper().readTree(Json.write(small)));
            client.send("not JSON");
            assertThat(client.closeCode()).isEqualTo(3501);
        }
    }

    @Test
    void anHttpStreamGetsItsMessages() throws Exception {
        // Given
        String connect = "{\"id\":1,\"connect\":{\"token\":\"" + fixture.token("u1") + "\"}}";
        Iterator<String> lines = certificate
                .http()
                .send(
                        HttpRequest.newBuilder(https(HttpRoutes.STREAM_PATH))
                                .POST(BodyPublishers.ofString(connect))
                                .build(),
                        BodyHandlers.ofLines())
                .body()
                .iterator();
        assertThat(Json.mapper().readTree(lines.next()).has("connect")).isTrue();

        // When
        ClientMessage live = fixture.broadcast("live");

        // Then
        JsonNode publication = Json.mapper().readTree(lines.next()).path("push").path("pub");
        assertThat(publication.path("data").path("messageUID").asText()).isEqualTo(live.messageUID());
    }

    @Test
    void http11IsAgreedOnWithWhoeverOffersMore() throws Exception {
        assertThat(agreed("h2", "http/1.1")).isEqualTo("http/1.1");
        assertThat(agreed("http/1.1")).isEqualTo("http/1.1");
        assertThat(agreed("h2")).isEmpty();
        assertThat(agreed()).isEmpty();
    }

    @Test
    void plainHttpIsNotAnswered() throws Exception {
        try (RawClient client = new RawClient(tls.address())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: edge\r\n\r\n").untilClosed())
                    .doesNotContain("HTTP");
        }
    }

    @Test
    void aHandshakeThatDoesNotGoOnIsCut() throws Exception {
        try (RawClient client = new RawClient(tls.address())) {
            // The beginning of a ClientHello.
            assertThat(client.send(new byte[] {22, 3, 1, 2, 0, 1, 0}).untilClosed())
                    .isEmpty();
        }
    }

    @Test
    void aCertificateThatChangedIsShownToNewConnections() throws Exception {
        // Given
        TestCertificate next = new TestCertificate(directory, "next", "RSA");
        String url = "wss://127.0.0.1:" + tls.address().getPort() + HttpRoutes.WEBSOCKET_PATH;
        try (EdgeClient connectedBefore = new EdgeClient(certificate.http(), url)) {
            connectedBefore.connect(fixture.token("u1"));

            // When
            write(next);

            // Then
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(shown(next.trust)).isEqualTo("CN=next"));
            ClientMessage live = fixture.broadcast("live");
            assertThat(connectedBefore
                            .nextPublication("broadcast")
                            .path("data")
                            .path("messageUID")
                            .asText())
                    .isEqualTo(live.messageUID());
        }
    }

    private String agreed(String... offered) throws Exception {
        try (SSLSocket socket = connect(certificate.trust)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(offered);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getApplicationProtocol();
        }
    }

    private String shown(SSLContext trust) throws Exception {
        try (SSLSocket socket = connect(trust)) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private SSLSocket connect(SSLContext trust) throws Exception {
        return (SSLSocket)
                trust.getSocketFactory().createSocket("127.0.0.1", tls.address().getPort());
    }

    private URI https(String path) {
        return URI.create("https://127.0.0.1:" + tls.address().getPort() + path);
    }

    private void write(TestCertificate written) throws Exception {
        Files.writeString(files.resolve("edge.crt"), written.certificatePem);
        Files.writeString(files.resolve("edge.key"), written.keyPem);
    }
}

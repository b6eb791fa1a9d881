package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.infra.InfrastructureResource;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a connection may take, how much it may send, and what is left of its handlers when it is a session's. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class EdgePatienceTest {

    private static final String UPGRADE = "GET /connection/websocket HTTP/1.1\r\nHost: edge\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final String PREFLIGHT = "OPTIONS /emulation HTTP/1.1\r\nHost: edge\r\n\r\n";

    @Inject
    EdgePort port;

    @Inject
    EdgeServer server;

    private final EdgeFixture fixture = new EdgeFixture();
    private OpenPort quick;

    @BeforeEach
    void open() throws Exception {
        await().until(() -> server.address() != null);
        quick = new OpenPort(port, Map.of("handshake-timeout", "1s", "idle-timeout", "2s", "max-header-bytes", "2048"));
    }

    @AfterEach
    void close() {
        quick.close();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /connection/websocket HTTP/1.1\r\nHost: edge\r\n",
                "POST /emulation HTTP/1.1\r\nHost: edge\r\nContent-Length: 10\r\n\r\n{",
                "POST /emulation HTTP/1.1\r\nHost: edge\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
            })
    void aRequestThatDoesNotComeToItsEndIsCut(String beginning) throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            assertThat(client.send(beginning).untilClosed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /connection/sse?cf_connect=",
                "GET / HTTP/1.1\r\nCookie: ",
                "POST /emulation HTTP/1.1\r\nContent-Length: 10000\r\n\r\n",
            })
    void aRequestThatComesByteByByteIsCut(String beginning) throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            client.send(beginning);
            assertThat(client.untilClosedWhileDripping("x".repeat(1000), Duration.ofMillis(50)))
                    .isEmpty();
        }
    }

    @Test
    void aWebSocketThatDoesNotConnectIsToldAndCut() throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            client.send(UPGRADE).head();
            // A masked ping frame changes nothing.
            client.send(new byte[] {(byte) 0x89, (byte) 0x80, 1, 2, 3, 4});
            // 3502 in a close frame
            assertThat(client.untilClosed()).contains("\r\u00aestale");
        }
    }

    @Test
    void aStreamWhoseClientWasNotLetInIsCut() throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            // Given
            String expired = fixture.tokens.issue(fixture.app, "u1", Duration.ofSeconds(-1));

            // When
            client.openStream(expired);

            // Then
            assertThat(client.untilClosed()).contains("\"code\":109").contains("\"code\":3502");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {PREFLIGHT, "GET /fanfare/v1/pull HTTP/1.1\r\nHost: edge\r\nAuthorization: Bearer {token}\r\n\r\n"
            })
    void aConnectionThatHadItsAnswerMayIdleForAWhile(String request) throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            // When
            client.send(request.replace("{token}", fixture.token("u1")));

            // Then: answered, open for longer than a handshake, and then closed
            assertThat(client.head()).startsWith("HTTP/1.1 20");
            long answered = System.nanoTime();
            client.untilClosed();
            assertThat(Duration.ofNanos(System.nanoTime() - answered)).isGreaterThan(Duration.ofMillis(1500));
        }
    }

    @Test
    void aSecondRequestIsServedOnTheSameConnection() throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            client.send(PREFLIGHT).head();
            client.send(PREFLIGHT).head();
            assertThat(client.send(UPGRADE).head()).startsWith("HTTP/1.1 101 ");
            assertThat(client.untilClosed()).contains("stale");
        }
    }

    @Test
    void requestsThatAreSentAheadOfAnswersEndTheConnection() throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            // When: the first waits for another node that does not exist
            String body = "{\"node\":\"n\",\"session\":\"s\",\"data\":\"{}\"}";
            String first = "POST /emulation HTTP/1.1\r\nHost: edge\r\nContent-Length: " + body.length() + "\r\n\r\n";

            // Then
            assertThat(client.send(first + body + PREFLIGHT).untilClosed()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/connection/sse?cf_connect=, 70000, 414",
        "/x?,                          1000, 404",
    })
    void aRequestLineHasABound(String path, int length, int status) throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            client.send("GET " + path + "x".repeat(length) + " HTTP/1.1\r\nHost: edge\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void headersHaveABound() throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            client.send("GET /x HTTP/1.1\r\nHost: edge\r\nCookie: " + "x".repeat(3000) + "\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void aBodyHasABound() throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            client.send("POST /emulation HTTP/1.1\r\nHost: edge\r\nContent-Length: 65537\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: edge\r\n\r\n",
                "GET /fanfare/v1/pull?since=%f HTTP/1.1\r\nHost: edge\r\n\r\n",
                "GET /connection/websocket HTTP/1.1\r\nHost: edge\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n\r\n",
            })
    void whatIsNoProperRequestIsToldSo(String request) throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            assertThat(client.send(request).untilClosed()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aLiveSessionHasNoDeadline() throws Exception {
        try (EdgeClient client = new EdgeClient(quick.address())) {
            // Given
            client.connect(fixture.token("u1"));
            Channel channel = quick.nextConnection();

            // When: a connection that was opened later has been cut
            try (RawClient later = new RawClient(quick.address())) {
                later.untilClosed();
            }

            // Then
            assertThat(channel.isOpen()).isTrue();
            var live = fixture.broadcast("live");
            assertThat(client.nextPublication("broadcast")
                            .path("data")
                            .path("messageUID")
                            .asText())
                    .isEqualTo(live.messageUID());
        }
    }

    @Test
    void onlyTheWebSocketIsLeftInThePipeline() throws Exception {
        try (EdgeClient client = new EdgeClient(quick.address())) {
            client.connect(fixture.token("u1"));
            assertThat(handlers(quick.nextConnection()))
                    .containsExactly("WebSocket13FrameEncoder", "WebSocket13FrameDecoder", "WebSocketHandler");
        }
    }

    @Test
    void onlyTheStreamIsLeftInThePipeline() throws Exception {
        try (RawClient client = new RawClient(quick.address())) {
            // When
            client.openStream(fixture.token("u1")).head();

            // Then
            Channel channel = quick.nextConnection();
            await().untilAsserted(() -> assertThat(handlers(channel)).containsExactly("StreamHandler"));
        }
    }

    @Test
    void tlsStaysInThePipelineAndTheProxysHeaderDoesNot(@TempDir Path files) throws Exception {
        // Given
        TestCertificate certificate = new TestCertificate(files, "edge", "EC");
        Path certificateFile = Files.writeString(files.resolve("edge.crt"), certificate.certificatePem);
        Path keyFile = Files.writeString(files.resolve("edge.key"), certificate.keyPem);
        Map<String, String> config =
                Map.of("tls.certificate", certificateFile.toString(), "tls.key", keyFile.toString());
        HttpClient http = certificate.http();
        try (OpenPort tls = new OpenPort(port, config);
                EdgeClient client =
                        new EdgeClient(http, "wss://127.0.0.1:" + tls.address().getPort() + "/connection/websocket");
                OpenPort proxied = new OpenPort(port, Map.of("proxy-protocol", "true"));
                RawClient raw = new RawClient(proxied.address())) {
            // When
            client.connect(fixture.token("u1"));
            raw.send("PROXY TCP4 203.0.113.1 203.0.113.99 4711 443\r\n" + UPGRADE)
                    .head();

            // Then
            Channel channel = tls.nextConnection();
            assertThat(handlers(channel))
                    .containsExactly(
                            "SslHandler", "WebSocket13FrameEncoder", "WebSocket13FrameDecoder", "WebSocketHandler");
            assertThat(channel.pipeline().get(SslHandler.class))
                    .isSameAs(channel.pipeline().first());
            Channel other = proxied.nextConnection();
            await().untilAsserted(() -> assertThat(handlers(other))
                    .containsExactly("WebSocket13FrameEncoder", "WebSocket13FrameDecoder", "WebSocketHandler"));
        }
    }

    private static List<String> handlers(Channel channel) {
        return channel.pipeline().toMap().values().stream()
                .map(handler -> handler.getClass().getSimpleName())
                .toList();
    }
}

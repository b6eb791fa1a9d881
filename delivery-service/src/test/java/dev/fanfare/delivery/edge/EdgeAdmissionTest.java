package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.infra.InfrastructureResource;
import io.netty.channel.Channel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, and as whom, directly and through proxies. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class EdgeAdmissionTest {

    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String WEBSOCKET = webSocket("");
    private static final byte[] V2_SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};

    @Inject
    EdgePort port;

    @Inject
    EdgeServer server;

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @Test
    void anAddressThatComesTooOftenIsToldWhenToComeAgain() throws Exception {
        try (OpenPort limited = limited(Map.of())) {
            // Given
            assertThat(statuses(limited, WEBSOCKET, WEBSOCKET)).containsExactly(101, 101);

            // When
            try (RawClient third = new RawClient(limited.address())) {
                String answer = third.send(WEBSOCKET).untilClosed();

                // Then
                assertThat(answer)
                        .startsWith("HTTP/1.1 429 ")
                        .containsPattern("(?i)retry-after: \\d{3,4}\r\n")
                        .contains("\"error\":\"too many connections from this address\"");
            }
            assertThat(statuses(limited, "GET /connection/sse HTTP/1.1\r\nHost: edge\r\n\r\n"))
                    .containsExactly(429);
            assertThat(statuses(limited, "GET /fanfare/v1/pull HTTP/1.1\r\nHost: edge\r\n\r\n"))
                    .containsExactly(429);
        }
    }

    @Test
    void aForwardedAddressCountsWhereTheProxyIsTrusted() throws Exception {
        try (OpenPort limited = limited(Map.of("trusted-proxies", "127.0.0.0/8"))) {
            String first = webSocket("X-Forwarded-For: 9.9.9.9, 203.0.113.1\r\n");
            String second = webSocket("X-Forwarded-For: 203.0.113.1, 203.0.113.2\r\n");
            assertThat(statuses(limited, first, first, first, second)).containsExactly(101, 101, 429, 101);
        }
    }

    @Test
    void theStandardHeaderCountsWhereItIsChosen() throws Exception {
        try (OpenPort limited =
                limited(Map.of("trusted-proxies", "127.0.0.1,10.0.0.0/8", "forwarded-header", "forwarded"))) {
            String first = webSocket("Forwarded: for=203.0.113.1\r\nX-Forwarded-For: 203.0.113.3\r\n");
            String again = webSocket("Forwarded: for=203.0.113.1, for=10.1.1.1\r\nX-Forwarded-For: 203.0.113.4\r\n");
            String second = webSocket("Forwarded: for=203.0.113.2\r\n");
            assertThat(statuses(limited, first, first, again, second)).containsExactly(101, 101, 429, 101);
        }
    }

    @Test
    void aForwardedAddressIsIgnoredFromAnybodyElse() throws Exception {
        try (OpenPort limited = limited(Map.of("trusted-proxies", "10.0.0.0/8"))) {
            assertThat(statuses(
                            limited,
                            webSocket("X-Forwarded-For: 203.0.113.1\r\n"),
                            webSocket("X-Forwarded-For: 203.0.113.2\r\n"),
                            webSocket("X-Forwarded-For: 203.0.113.3\r\n")))
                    .containsExactly(101, 101, 429);
        }
    }

    @Test
    void theProxyProtocolSaysWhoComes() throws Exception {
        try (OpenPort limited = limited(Map.of("proxy-protocol", "true"))) {
            // Given
            byte[] v1 = bytes("PROXY TCP4 203.0.113.1 203.0.113.99 4711 443\r\n" + WEBSOCKET);
            byte[] v2 = v2(InetAddress.getByName("203.0.113.1"), WEBSOCKET);
            byte[] other = v2(InetAddress.getByName("203.0.113.2"), WEBSOCKET);
            byte[] v6 = v2(InetAddress.getByName("2001:db8::1"), WEBSOCKET);
            byte[] sameNetwork = bytes("PROXY TCP6 2001:db8::2 2001:db8::99 4711 443\r\n" + WEBSOCKET);

            // When, Then
            assertThat(statuses(limited, v1, v2, v1, other)).containsExactly(101, 101, 429, 101);
            assertThat(statuses(limited, v6, sameNetwork, v6)).containsExactly(101, 101, 429);
        }
    }

    @Test
    void aProxyThatLooksWhetherTheNodeLivesSpeaksForItself() throws Exception {
        try (OpenPort limited = limited(Map.of("proxy-protocol", "true"))) {
            byte[] local = concat(V2_SIGNATURE, new byte[] {0x20, 0, 0, 0}, bytes(WEBSOCKET));
            byte[] unknown = bytes("PROXY UNKNOWN\r\n" + WEBSOCKET);
            assertThat(statuses(limited, local, unknown, local)).containsExactly(101, 101, 429);
        }
    }

    @Test
    void aProxyBehindTheProxyProtocolIsBelievedIfItIsTrusted() throws Exception {
        try (OpenPort limited = limited(Map.of("proxy-protocol", "true", "trusted-proxies", "10.0.0.1"))) {
            String header = "PROXY TCP4 10.0.0.1 10.0.0.2 4711 443\r\n";
            String first = header + webSocket("X-Forwarded-For: 203.0.113.1\r\n");
            String second = header + webSocket("X-Forwarded-For: 203.0.113.2\r\n");
            assertThat(statuses(limited, first, first, first, second)).containsExactly(101, 101, 429, 101);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /connection/websocket HTTP/1.1\r\nHost: edge\r\n\r\n",
                "PROXY TCP4 nonsense\r\n\r\n",
                "PROXY TCP4 ",
                "",
            })
    void aConnectionWithoutTheProxysHeaderIsClosedUnanswered(String sent) throws Exception {
        try (OpenPort strict = new OpenPort(port, Map.of("proxy-protocol", "true", "handshake-timeout", "1s"));
                RawClient client = new RawClient(strict.address())) {
            assertThat(client.send(sent).untilClosed()).isEmpty();
        }
    }

    @Test
    void aNodeThatIsFullSaysSoAndHasRoomAgainLater() throws Exception {
        try (OpenPort small = new OpenPort(port, Map.of("max-connections", "2"));
                RawClient first = new RawClient(small.address())) {
            // Given
            assertThat(first.send(WEBSOCKET).head()).startsWith("HTTP/1.1 101 ");
            RawClient second = new RawClient(small.address());
            assertThat(second.send(WEBSOCKET).head()).startsWith("HTTP/1.1 101 ");

            // When, Then
            try (RawClient third = new RawClient(small.address())) {
                assertThat(third.send(WEBSOCKET).untilClosed())
                        .startsWith("HTTP/1.1 503 ")
                        .containsIgnoringCase("retry-after: ");
            }
            // The commands of those who are in already are served.
            try (RawClient emulation = new RawClient(small.address())) {
                assertThat(emulation
                                .send("POST /emulation HTTP/1.1\r\nHost: edge\r\nContent-Length: 2\r\n\r\n{}")
                                .head())
                        .startsWith("HTTP/1.1 400 ");
            }
            second.close();
            await().untilAsserted(() -> assertThat(statuses(small, WEBSOCKET)).containsExactly(101));
        }
    }

    @Test
    void moreThanMayWaitAreClosedAtOnce() throws Exception {
        try (OpenPort small = new OpenPort(port, Map.of("max-connections", "1", "backlog", "1"));
                RawClient served = new RawClient(small.address())) {
            // Given
            assertThat(served.send(WEBSOCKET).head()).startsWith("HTTP/1.1 101 ");
            try (RawClient waiting = new RawClient(small.address())) {
                small.nextConnection();
                Channel second = small.nextConnection();
                await().until(() -> second.pipeline().get(HttpEntry.class) != null);

                // When
                try (RawClient tooMany = new RawClient(small.address())) {
                    // Then
                    assertThat(tooMany.untilClosed()).isEmpty();
                }
                assertThat(waiting.send(WEBSOCKET).untilClosed()).startsWith("HTTP/1.1 503 ");
            }
        }
    }

    /** Two from one address, and then none for longer than a test takes. */
    private OpenPort limited(Map<String, String> more) throws Exception {
        Map<String, String> config = new HashMap<>(more);
        config.put("max-connections-per-second-per-address", "0.001");
        config.put("connection-burst-per-address", "2");
        return new OpenPort(port, config);
    }

    private static List<Integer> statuses(OpenPort to, String... requests) throws Exception {
        byte[][] all = new byte[requests.length][];
        for (int i = 0; i < requests.length; i++) {
            all[i] = bytes(requests[i]);
        }
        return statuses(to, all);
    }

    /** The status of each request's answer, each on a connection of its own. */
    private static List<Integer> statuses(OpenPort to, byte[]... requests) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (byte[] request : requests) {
            try (RawClient client = new RawClient(to.address())) {
                statuses.add(Integer.parseInt(client.send(request).head().substring(9, 12)));
            }
        }
        return statuses;
    }

    private static String webSocket(String headers) {
        return "GET /connection/websocket HTTP/1.1\r\nHost: edge\r\n" + UPGRADE + headers + "\r\n";
    }

    private static byte[] v2(InetAddress source, String then) {
        byte[] address = source.getAddress();
        int family = source instanceof Inet6Address ? 0x21 : 0x11;
        byte[] ports = {0x12, 0x67, 0x01, (byte) 0xBB};
        byte[] head = {0x21, (byte) family, 0, (byte) (2 * address.length + ports.length)};
        return concat(V2_SIGNATURE, head, address, address, ports, bytes(then));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.infra.InfrastructureResource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.util.ResourceLeakDetector;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes a stranger sends: the port goes on, and nothing stays of them, no connection, no session, no buffer.
 * Damaged forms of what clients send get further than pure noise, so both are sent.
 */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class EdgeFuzzTest {

    private static final int CONNECTIONS = 400;
    private static final String CANARY = "this one leaks";

    private static final String[] WHOLE = {
        "GET /connection/websocket HTTP/1.1\r\nHost: edge\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        "GET /connection/sse?cf_connect=%7B%22id%22%3A1%2C%22connect%22%3A%7B%22token%22%3A%22T%22%7D%7D HTTP/1.1\r\n"
                + "Host: edge\r\n\r\n",
        "POST /connection/http_stream HTTP/1.1\r\nHost: edge\r\nContent-Length: 33\r\n\r\n"
                + "{\"id\":1,\"connect\":{\"token\":\"T\"}} ",
        "POST /emulation HTTP/1.1\r\nHost: edge\r\nContent-Length: 44\r\n\r\n"
                + "{\"node\":\"n\",\"session\":\"s\",\"data\":\"{\\\"id\\\":1}\"}",
        "POST /emulation HTTP/1.1\r\nHost: edge\r\nContent-Type: application/octet-stream\r\nContent-Length: 10\r\n\r\n"
                + "\n\001n\022\001s\032\002\001\002",
        "POST /emulation HTTP/1.1\r\nHost: edge\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "GET /fanfare/v1/pull?since=x.1&token=T HTTP/1.1\r\nHost: edge\r\nAuthorization: Bearer T\r\n\r\n",
        "OPTIONS /emulation HTTP/1.1\r\nHost: edge\r\nOrigin: https://app.example\r\n\r\n",
    };

    @Inject
    EdgePort port;

    @Inject
    EdgeServer server;

    @Inject
    MeterRegistry metrics;

    private final EdgeFixture fixture = new EdgeFixture();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Logger detector = Logger.getLogger(ResourceLeakDetector.class.getName());
    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            leaks.add(record.getMessage() + " " + Arrays.toString(record.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private OpenPort open;

    @BeforeEach
    void open() throws Exception {
        await().until(() -> server.address() != null);
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        detector.addHandler(listener);
        open = new OpenPort(port, Map.of("handshake-timeout", "1s", "idle-timeout", "1s"));
    }

    @AfterEach
    void close() {
        open.close();
        detector.removeHandler(listener);
        ResourceLeakDetector.setLevel(before);
        fixture.close();
    }

    @Test
    void nothingStaysOfNonsense() throws Exception {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        double sessionsBefore = sessions();

        // When
        for (int i = 0; i < CONNECTIONS; i++) {
            converse(random);
        }

        // Then
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            channels.add(open.nextConnection());
        }
        await().until(() -> channels.stream().noneMatch(Channel::isOpen));
        await().untilAsserted(() -> assertThat(sessions()).isLessThanOrEqualTo(sessionsBefore));
        assertThat(leaksUntilNow()).as("seed %d", seed).isEmpty();
        try (EdgeClient client = new EdgeClient(open.address())) {
            assertThat(client.connect(fixture.token("u1")).has("connect")).isTrue();
        }
    }

    /** Damaged requests, and frames on those that became WebSockets; the client leaves in the middle of it. */
    private void converse(Random random) throws IOException {
        try (RawClient client = new RawClient(open.address())) {
            try {
                String request = WHOLE[random.nextInt(WHOLE.length)];
                if (random.nextInt(4) == 0) {
                    client.send(noise(random, random.nextInt(300)));
                }
                boolean whole = random.nextBoolean();
                client.send(whole ? bytes(request) : damaged(random, bytes(request)));
                if (whole && request == WHOLE[0]) {
                    client.head();
                }
                for (int i = random.nextInt(5); i > 0; i--) {
                    client.send(random.nextInt(3) == 0 ? noise(random, 50) : frame(random));
                }
            } catch (IOException | AssertionError e) {
                // The server has closed it.
            }
        }
    }

    private byte[] frame(Random random) {
        String connect = "{\"id\":1,\"connect\":{\"token\":\"" + fixture.token("u1") + "\"}}";
        byte[] payload =
                switch (random.nextInt(4)) {
                    case 0 -> bytes(connect);
                    case 1 -> damaged(random, bytes(connect));
                    case 2 -> bytes("{\"id\":2,\"rpc\":{\"method\":\"ack\",\"data\":{\"uids\":[\"A\"]}}}");
                    default -> noise(random, random.nextInt(100));
                };
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        // Any opcode, final or not, the bits that must be zero now and then set.
        int first = random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(2) << 7 | random.nextInt(11);
        frame.write(random.nextBoolean() ? 0x81 : first);
        if (payload.length <= 125) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        // A mask of zeros.
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private static byte[] damaged(Random random, byte[] whole) {
        byte[] damaged = whole.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }

    private static byte[] noise(Random random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private double sessions() {
        Gauge sessions = metrics.find("fanfare.sessions").gauge();
        return sessions == null ? 0 : sessions.value();
    }

    /** A leak is reported when the collector has found it; one of our own shows that it has. */
    private Queue<String> leaksUntilNow() {
        await().until(() -> {
            leakCanary();
            System.gc();
            PooledByteBufAllocator.DEFAULT.directBuffer().release();
            return leaks.stream().anyMatch(leak -> leak.contains(CANARY));
        });
        leaks.removeIf(leak -> leak.contains(CANARY));
        return leaks;
    }

    private static void leakCanary() {
        ByteBuf leaked = PooledByteBufAllocator.DEFAULT.directBuffer(1);
        leaked.touch(CANARY);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

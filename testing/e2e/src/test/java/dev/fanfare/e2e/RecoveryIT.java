package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.client.CuttingProxy;
import dev.fanfare.e2e.client.JavaClient;
import dev.fanfare.e2e.client.JsClient;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the network does: each device hears every broadcast of its window once and in order. Each device has a history
 * of its own of connections that break at any byte, of pauses, and of an app that is killed and forgets; its SDK comes
 * back by itself.
 */
@EndToEnd
class RecoveryIT {

    private static final int DEVICES = 24;
    /** The others are Java devices, which cost no process of their own. */
    private static final int JS_EVERY = 6;

    private static final int BROADCASTS = 50;
    /** A few publications, or a connect reply. */
    private static final int MAX_BYTES = 1_500;

    private static final int LARGE_BROADCASTS = 10;
    private static final int LARGE_TEXT = 100_000;

    private final List<Device> devices = new ArrayList<>();
    private TestApp app;

    @BeforeEach
    void createApp(Product product) throws Exception {
        app = TestApp.create(product);
    }

    @AfterEach
    void closeApp() {
        devices.forEach(Device::close);
        app.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_261_122})
    void everyDeviceHearsEachBroadcastOnceInOrder(long seed, Product product) {
        // Given
        Random random = new Random(seed);
        for (int i = 0; i < DEVICES; i++) {
            devices.add(new Device(product, "user" + i / 2, "device" + i, i % JS_EVERY == 0));
        }
        devices.subList(0, devices.size() / 2).forEach(Device::connect);
        AppClient witness = app.javaDevice("witness");
        List<String> published = new ArrayList<>();

        // When: the witness sets the pace, so that others come back in between
        for (int i = 0; i < BROADCASTS; i++) {
            String text = "broadcast " + i + " " + "x".repeat(random.nextInt(300));
            assertThat(app.backEnd().broadcast("announcer", text).code()).isEqualTo(200);
            published.add(BackEnd.content(text));
            witness.awaitContent(BackEnd.content(text));
            for (int j = random.nextInt(5); j > 0; j--) {
                devices.get(random.nextInt(devices.size())).suffer(random);
            }
        }
        devices.forEach(Device::connect);

        // Then
        String[] all = published.toArray(String[]::new);
        devices.forEach(device -> device.client.awaitContents(all));
        assertThat(devices.stream().mapToInt(device -> device.proxy.cuts()).sum())
                .as("broken connections")
                .isGreaterThan(devices.size() / 2);
    }

    /** More than a connect reply holds: the rest follows live, in pieces that are larger than what may wait for a socket. */
    @Test
    void aNewDeviceHearsALargeWindowOnceInOrder() {
        // Given
        List<String> published = new ArrayList<>();
        for (int i = 0; i < LARGE_BROADCASTS; i++) {
            String text = i + " " + "x".repeat(LARGE_TEXT);
            assertThat(app.backEnd().broadcast("announcer", text).code()).isEqualTo(200);
            published.add(BackEnd.content(text));
        }
        String[] all = published.toArray(String[]::new);
        app.javaDevice("first").awaitContents(all);

        // When
        List<AppClient> newcomers = List.of(app.javaDevice("tom"), app.jsDevice("jerry"));

        // Then
        newcomers.forEach(device -> device.awaitContents(all));
    }

    /** A user's device: its network, and what runs on it. */
    private final class Device {

        private final CuttingProxy proxy;
        private final String token;
        private final String name;
        private final boolean js;
        private int lives;
        private AppClient client;

        Device(Product product, String userId, String name, boolean js) {
            this.proxy = new CuttingProxy(product.edge());
            this.token = app.token(userId);
            this.name = name;
            this.js = js;
            start();
        }

        private void start() {
            // What was killed names itself anew: it hears the window from the beginning.
            String deviceId = app.key() + name + "-" + lives++;
            client = js
                    ? new JsClient(proxy.uri(), token, deviceId, "websocket")
                    : new JavaClient(proxy.uri(), token, deviceId);
        }

        /** Nothing happens if it is connected already. */
        void connect() {
            client.connect();
        }

        void suffer(Random random) {
            switch (random.nextInt(8)) {
                case 0 -> client.disconnect();
                case 1, 2 -> client.connect();
                case 3 -> proxy.cutAfter(0);
                case 4 -> {
                    if (!js) {
                        client.close();
                        start();
                        client.connect();
                    }
                }
                default -> proxy.cutAfter(random.nextInt(MAX_BYTES));
            }
        }

        void close() {
            client.close();
            proxy.close();
        }
    }
}

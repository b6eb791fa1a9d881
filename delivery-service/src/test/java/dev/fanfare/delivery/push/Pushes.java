package dev.fanfare.delivery.push;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.device.Device.Environment;
import dev.fanfare.fakes.FakeProvider;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Pushes for tests of senders, and the ways to their fakes. */
public final class Pushes {

    public static final String UID = "5FGT-7VA9-G4DD-4V5P";
    public static final Instant EXPIRES_AT = Instant.now().plus(Duration.ofHours(3));

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Pushes() {}

    public static Device device(String provider, String token) {
        return device(provider, token, null);
    }

    public static Device device(String provider, String token, String appId) {
        return new Device(
                "app",
                "bob",
                "phone",
                provider,
                Secret.of(token),
                Environment.PRODUCTION,
                appId,
                null,
                null,
                Instant.EPOCH);
    }

    /** With a title, a text and data of the app. */
    public static Push push(Device device) {
        return push(device, Map.of());
    }

    public static Push push(Device device, Map<String, String> options) {
        return push(device, "Shop", "Your parcel", "order 7", options);
    }

    public static Push push(Device device, String title, String body, String data, Map<String, String> options) {
        return new Push(device, title, body, data, false, message(UID), options, EXPIRES_AT);
    }

    public static Push silent(Device device) {
        return new Push(device, null, null, "order 7", true, message(UID), Map.of(), EXPIRES_AT);
    }

    public static Push ofMessage(Device device, ClientMessage message) {
        return new Push(device, "Shop", "Your parcel", "order 7", false, message, Map.of(), EXPIRES_AT);
    }

    /** Of a message of ZIM's API. */
    public static Push ofZim(Device device, Map<String, String> options) {
        ClientMessage message =
                new ClientMessage(UID, ConversationType.SYSTEM, "shop", "shop", "ZIM:1", null, 1L, null);
        return new Push(device, "Shop", "Your parcel", "order 7", false, message, options, EXPIRES_AT);
    }

    public static ClientMessage message(String messageUid) {
        return new ClientMessage(
                messageUid, ConversationType.SYSTEM, "shop", "shop", "RC:TxtMsg", "{\"content\":\"secret\"}", 1L, null);
    }

    public static Map<String, Secret> credential(FakeProvider fake) {
        Map<String, Secret> settings = new HashMap<>();
        fake.credential().forEach((name, value) -> settings.put(name, Secret.of(value)));
        return settings;
    }

    /** A fake's credential with one setting changed; null: without it. */
    public static Map<String, Secret> credential(FakeProvider fake, String setting, String value) {
        Map<String, Secret> settings = credential(fake);
        if (value == null) {
            settings.remove(setting);
        } else {
            settings.put(setting, Secret.of(value));
        }
        return settings;
    }

    public static <T> T answer(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** What came over the wire after the headers. */
    public static String body(String request) {
        return request.substring(request.indexOf("\n\n") + 2);
    }

    /** A header that came over the wire; null if it did not. */
    public static String header(String request, String name) {
        return request.substring(0, request.indexOf("\n\n"))
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse(null);
    }
}

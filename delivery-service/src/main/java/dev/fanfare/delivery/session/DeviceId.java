package dev.fanfare.delivery.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.util.Optional;

/** Which device a client says that it is: {@code deviceId} of its connect data. */
final class DeviceId {

    private static final int MAX_CHARS = 64;

    private DeviceId() {}

    /** Empty if the app said nothing usable: no JSON object, no text, blank, or above 64 characters. */
    static Optional<String> in(byte[] connectData) {
        if (connectData.length == 0) {
            return Optional.empty();
        }
        try {
            JsonNode device = Json.mapper().readTree(connectData).path("deviceId");
            String id = device.isTextual() ? device.asText().strip() : "";
            return id.isEmpty() || id.length() > MAX_CHARS ? Optional.empty() : Optional.of(id);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

package dev.fanfare.delivery.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.util.Optional;

/** Which app of ZIM a client with a token04 says that it is of: {@code zimAppId} of its connect data, a number or a text. */
final class ZimAppId {

    private ZimAppId() {}

    /** Empty if the app said nothing usable. */
    static Optional<String> in(byte[] connectData) {
        if (connectData.length == 0) {
            return Optional.empty();
        }
        try {
            JsonNode id = Json.mapper().readTree(connectData).path("zimAppId");
            return id.isIntegralNumber() || id.isTextual() ? Optional.of(id.asText()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

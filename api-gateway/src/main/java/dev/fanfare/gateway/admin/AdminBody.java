package dev.fanfare.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fanfare.contracts.Json;
import java.util.Optional;

/** Reads the bodies that the admin API takes. An unknown field is refused: it may be a typing error. */
public final class AdminBody {

    private static final ObjectReader READER = Json.mapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AdminBody() {}

    /** Empty: the body is not JSON of this shape. */
    public static <T> Optional<T> read(String body, Class<T> type) {
        try {
            return Optional.ofNullable(READER.forType(type).readValue(body));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}

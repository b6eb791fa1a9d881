package dev.fanfare.benchmark.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fanfare.contracts.Json;
import java.io.IOException;

/** Reads what the C programs say. Programs and records must agree: a field that is missing is an error. */
final class Answers {

    private static final ObjectReader READER = Json.mapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private Answers() {}

    /** @throws IllegalStateException if it is something else */
    static <T> T read(JsonNode line, Class<T> type) {
        try {
            return READER.forType(type).readValue(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no " + type.getSimpleName() + " report: " + line, e);
        } catch (IOException e) {
            throw new IllegalStateException("unreadable: " + line, e);
        }
    }
}

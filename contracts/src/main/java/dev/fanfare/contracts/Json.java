package dev.fanfare.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * How every record on Kafka is written and read: compact JSON in UTF-8 on one line, absent rather than {@code null},
 * unknown fields ignored (the contract is additive inside a topic version). Thread-safe.
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** The mapper itself, for callers that read trees. Do not reconfigure it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not representable as JSON: " + value.getClass().getName(), e);
        }
    }

    /**
     * @throws MalformedJsonException if {@code bytes} are not one JSON value of the shape of {@code type}; its message
     *     names the place and never repeats the content
     */
    public static <T> T read(byte[] bytes, Class<T> type) throws MalformedJsonException {
        try {
            T value = MAPPER.readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(bytes);
            if (value == null) {
                throw new MalformedJsonException("the value is JSON null, an object is expected", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(describe(e), e);
        } catch (IOException e) {
            throw new MalformedJsonException("unreadable", e);
        }
    }

    private static String describe(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null
                ? "not valid JSON"
                : "not valid JSON of the expected shape at line " + location.getLineNr() + ", column "
                        + location.getColumnNr();
    }

    /** The bytes of a record are not what its topic promises. */
    public static final class MalformedJsonException extends Exception {
        MalformedJsonException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

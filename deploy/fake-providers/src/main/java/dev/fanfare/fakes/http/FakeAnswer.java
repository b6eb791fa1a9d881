package dev.fanfare.fakes.http;

import dev.fanfare.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a fake answers. */
public record FakeAnswer(int status, Map<String, String> headers, String body) {

    /** @param body anything that {@link Json} writes */
    public static FakeAnswer json(int status, Object body) {
        return new FakeAnswer(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                new String(Json.write(body), StandardCharsets.UTF_8));
    }

    public static FakeAnswer empty(int status) {
        return new FakeAnswer(status, Map.of(), "");
    }

    /** The same with one header more. */
    public FakeAnswer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new FakeAnswer(status, all, body);
    }
}

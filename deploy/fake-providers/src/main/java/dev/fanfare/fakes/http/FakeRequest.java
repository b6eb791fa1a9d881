package dev.fanfare.fakes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a fake was asked, whole.
 *
 * @param path without the query
 * @param query as it came, still encoded; empty if there is none
 */
public record FakeRequest(String method, String path, String query, MultiMap headers, Buffer body) {

    /** Null if it is not there. Names in any case. */
    public String header(String name) {
        return headers.get(name);
    }

    public String text() {
        return body.toString();
    }

    /** The body; a missing node, on which all that is asked is missing too, if it is not JSON. */
    public JsonNode json() {
        try {
            return Json.read(body.getBytes(), JsonNode.class);
        } catch (MalformedJsonException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** The fields of a body of {@code application/x-www-form-urlencoded}; of a field that comes twice the first. */
    public Map<String, String> form() {
        return parameters(text());
    }

    /** The parameters of the query, decoded. */
    public Map<String, String> queryParameters() {
        return parameters(query);
    }

    /** The request as text, without what authenticates it: method and path, the headers by name, a blank line, the body. */
    public String wire() {
        return wire(text());
    }

    /** The same with another body: what the one that came means. */
    public String wire(String readable) {
        StringBuilder text = new StringBuilder(method).append(' ').append(path).append('\n');
        new TreeMap<>(headers.entries().stream()
                        .collect(Collectors.toMap(
                                header -> header.getKey().toLowerCase(Locale.ROOT),
                                Map.Entry::getValue,
                                (a, b) -> a + ", " + b)))
                .forEach((name, value) -> {
                    if (!name.startsWith(":") && !name.equals("authorization")) {
                        text.append(name).append(": ").append(value).append('\n');
                    }
                });
        return text.append('\n').append(readable).toString();
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> field :
                new QueryStringDecoder(encoded, false).parameters().entrySet()) {
            parameters.put(field.getKey(), field.getValue().get(0));
        }
        return parameters;
    }
}

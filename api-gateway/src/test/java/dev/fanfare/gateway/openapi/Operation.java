package dev.fanfare.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A path with a method, as the document has it.
 *
 * @param shared the parameters of the path
 * @param everywhere the security of what says nothing else
 */
record Operation(OpenApi document, String method, String path, JsonNode shared, JsonNode node, JsonNode everywhere) {

    static final String ZIM = "ZimAppId";
    static final String ADMIN = "AdminToken";
    private static final String ACTION = "Action";

    /** As the routes of the gateway are named. */
    String route() {
        return method + " " + path;
    }

    /** Whether this scheme is among those with which it is called. */
    boolean isSecuredBy(String scheme) {
        return node.path("security").isMissingNode()
                ? everywhere.get(0).has(scheme)
                : node.path("security").get(0).has(scheme);
    }

    Stream<JsonNode> parameters() {
        return Stream.of(shared, node.path("parameters"))
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .map(document::resolve);
    }

    /** The actions of ZIM that are called this way. */
    Stream<String> actions() {
        return parameters()
                .filter(parameter -> parameter.path("name").asText().equals(ACTION))
                .flatMap(action ->
                        StreamSupport.stream(action.path("schema").path("enum").spliterator(), false))
                .map(JsonNode::asText);
    }

    /** Media type to what is said of it; null: there is no body. */
    Entry<String, JsonNode> body() {
        JsonNode body = node.path("requestBody");
        return body.isMissingNode()
                ? null
                : document.resolve(body).path("content").properties().iterator().next();
    }

    /** The calls that the document shows. */
    Stream<Call> examples() {
        if (isSecuredBy(ZIM)) {
            return actions().map(action -> new Call(this, action, values(action), bodyOf(action)));
        }
        return body() == null
                ? Stream.of(new Call(this, "", values(""), null))
                : body().getValue().path("examples").properties().stream()
                        .map(example -> new Call(this, example.getKey(), values(""), bodyOf(example.getKey())));
    }

    private JsonNode bodyOf(String example) {
        return body() == null
                ? null
                : body().getValue().path("examples").path(example).path("value");
    }

    private Map<String, JsonNode> values(String action) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        parameters().forEach(parameter -> {
            JsonNode value = action.isEmpty()
                    ? parameter.path("example")
                    : parameter.path("examples").path(action).path("value");
            if (!value.isMissingNode()) {
                values.put(parameter.path("name").asText(), value);
            }
        });
        return values;
    }
}

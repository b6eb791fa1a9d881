package dev.fanfare.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A call of an operation, to be sent.
 *
 * @param name of the example; of ZIM's API the action
 * @param parameters of path and query
 * @param body null: none
 */
record Call(Operation operation, String name, Map<String, JsonNode> parameters, JsonNode body) {

    JsonNode bodySchema() {
        return operation.isSecuredBy(Operation.ZIM)
                ? operation.document().schema("Zim" + name)
                : operation.body().getValue().path("schema");
    }

    /** What the document says of an answer with this status; what it does not name is a refusal. */
    JsonNode answerSchema(int status) {
        if (operation.isSecuredBy(Operation.ZIM)) {
            return operation.document().schema("Zim" + name + "Answer");
        }
        JsonNode responses = operation.node().path("responses");
        JsonNode response = responses.path(Integer.toString(status));
        return operation
                .document()
                .resolve(response.isMissingNode() ? responses.path("default") : response)
                .path("content")
                .path("application/json")
                .path("schema");
    }

    /** This call without a field that the document says is required, for each of them. */
    Stream<Call> lackingOne() {
        Stream<Call> parameters = operation
                .parameters()
                .filter(parameter -> parameter.path("required").asBoolean()
                        && parameter.path("in").asText().equals("query")
                        && this.parameters.containsKey(parameter.path("name").asText()))
                .map(parameter -> without(parameter.path("name").asText()));
        return body == null
                ? parameters
                : Stream.concat(parameters, required(bodySchema(), body, "").map(field -> {
                    JsonNode less = body.deepCopy();
                    int parent = field.lastIndexOf('/');
                    ((ObjectNode) less.at(field.substring(0, parent))).remove(field.substring(parent + 1));
                    return new Call(operation, name, this.parameters, less);
                }));
    }

    private Call without(String parameter) {
        Map<String, JsonNode> less = new LinkedHashMap<>(parameters);
        less.remove(parameter);
        return new Call(operation, name, less, body);
    }

    /** Pointers to the fields of this value that are required. */
    private Stream<String> required(JsonNode given, JsonNode value, String pointer) {
        JsonNode schema = operation.document().resolve(given);
        if (value.isArray()) {
            return value.isEmpty() ? Stream.empty() : required(schema.path("items"), value.get(0), pointer + "/0");
        }
        Stream<String> own = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(field -> pointer + "/" + field.asText());
        Stream<String> below = schema.path("properties").properties().stream()
                .filter(property -> value.path(property.getKey()).isContainerNode())
                .flatMap(property -> required(
                        property.getValue(), value.path(property.getKey()), pointer + "/" + property.getKey()));
        return Stream.concat(own, below);
    }

    @Override
    public String toString() {
        return (operation.route() + " " + name).strip() + (body == null ? parameters : body);
    }
}

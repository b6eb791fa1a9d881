package dev.fanfare.fakes.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which fields an object may have and what is in them, for vendors that refuse a request with a field that they do not
 * know.
 */
public final class JsonShape implements Predicate<JsonNode> {

    /** Any text. */
    public static final Predicate<JsonNode> TEXT = JsonNode::isTextual;

    /** A whole number. */
    public static final Predicate<JsonNode> INTEGER = JsonNode::isIntegralNumber;

    /** True or false. */
    public static final Predicate<JsonNode> FLAG = JsonNode::isBoolean;

    /** An object of texts. */
    public static final Predicate<JsonNode> TEXTS = node -> {
        boolean texts = node.isObject();
        for (JsonNode value : node) {
            texts &= value.isTextual();
        }
        return texts;
    };

    private final Map<String, Predicate<JsonNode>> fields;

    private JsonShape(Map<String, Predicate<JsonNode>> fields) {
        this.fields = fields;
    }

    /** An object that has some of these fields and no other. */
    public static JsonShape of(Map<String, Predicate<JsonNode>> fields) {
        return new JsonShape(fields);
    }

    @Override
    public boolean test(JsonNode node) {
        return violations(node, "").isEmpty();
    }

    /** The path of each field that is unknown or of the wrong kind; empty if all is right. */
    public List<String> violations(JsonNode node, String path) {
        if (!node.isObject()) {
            return List.of(path);
        }
        List<String> violations = new ArrayList<>();
        node.properties().forEach(field -> {
            String fieldPath = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Predicate<JsonNode> rule = fields.get(field.getKey());
            if (rule instanceof JsonShape shape) {
                violations.addAll(shape.violations(field.getValue(), fieldPath));
            } else if (rule == null || !rule.test(field.getValue())) {
                violations.add(fieldPath);
            }
        });
        return violations;
    }
}

package dev.fanfare.gateway.rongcloud;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object as body. Scalars are taken as strings and lists may hold nulls, because the vendor's SDKs send such; a
 * list where a string belongs, or the other way round, is refused.
 */
public final class JsonFields extends Fields {

    private static final ObjectReader READER =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String BODY = "the body";

    private final JsonNode root;

    private JsonFields(JsonNode root) {
        this.root = root;
    }

    private JsonFields(JsonFields whole, String field, JsonNode node) {
        super(whole, field);
        this.root = node;
    }

    /** Never fails: a body that cannot be read has no fields and one problem. */
    public static JsonFields read(byte[] body) {
        try {
            JsonNode root = READER.readTree(body);
            return root.isObject() ? new JsonFields(root) : unreadable("is not a JSON object");
        } catch (IOException e) {
            return unreadable("is not valid JSON");
        }
    }

    private static JsonFields unreadable(String what) {
        JsonFields fields = new JsonFields(MissingNode.getInstance());
        fields.malformed(BODY, what);
        return fields;
    }

    @Override
    public String text(String field) {
        JsonNode node = root.path(field);
        if (isAbsent(node)) {
            return null;
        }
        String text = scalar(field, node);
        return text == null || text.isEmpty() ? null : text;
    }

    /** A list of strings, any of which may be null; null when the list is absent. */
    public List<String> texts(String field) {
        JsonNode node = root.path(field);
        if (isAbsent(node)) {
            return null;
        }
        if (!node.isArray()) {
            return malformed(field, "must be an array");
        }
        List<String> texts = new ArrayList<>();
        node.forEach(element -> texts.add(element.isNull() ? null : scalar(field, element)));
        return texts;
    }

    /** An object; null when absent. */
    public JsonFields object(String field) {
        JsonNode node = root.path(field);
        if (isAbsent(node)) {
            return null;
        }
        return node.isObject() || isEmptyMap(node)
                ? new JsonFields(this, field, node)
                : malformed(field, "must be an object");
    }

    /** All fields of this object that are neither objects nor lists, as text. */
    public Map<String, String> scalars() {
        Map<String, String> scalars = new LinkedHashMap<>();
        root.properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                scalars.put(checked(entry.getKey(), entry.getKey()), scalar(entry.getKey(), entry.getValue()));
            }
        });
        return scalars;
    }

    /** Refuses fields of other names: where no vendor's SDK sends more than it should, one may be a typing error. */
    public void refuseOthers(Set<String> known) {
        root.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                malformed(field, "is not a field of this call, known are " + String.join(", ", known));
            }
        });
    }

    /** This object as JSON; null when it is empty. */
    public String json() {
        return root.isEmpty() ? null : root.toString();
    }

    /** A list of objects with string values, any of which may be null; null when the list is absent. */
    public List<Map<String, String>> maps(String field) {
        JsonNode node = root.path(field);
        if (isAbsent(node)) {
            return null;
        }
        if (!node.isArray()) {
            return malformed(field, "must be an array of objects");
        }
        List<Map<String, String>> maps = new ArrayList<>();
        node.forEach(element -> maps.add(element.isNull() ? null : map(field, element)));
        return maps;
    }

    private Map<String, String> map(String field, JsonNode node) {
        if (!node.isObject() && !isEmptyMap(node)) {
            return malformed(field, "must be an array of objects");
        }
        Map<String, String> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String value = entry.getValue().isNull() ? null : scalar(field, entry.getValue());
            if (value != null) {
                map.put(checked(field, entry.getKey()), value);
            }
        });
        return map;
    }

    private String scalar(String field, JsonNode node) {
        return node.isContainerNode() ? malformed(field, "must hold text") : checked(field, node.asText());
    }

    /** JSON can write half of a surrogate pair; UTF-8 cannot. */
    private String checked(String field, String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : malformed(field, "holds half of a surrogate pair");
    }

    /** PHP writes an empty map as []. */
    private static boolean isEmptyMap(JsonNode node) {
        return node.isArray() && node.isEmpty();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}

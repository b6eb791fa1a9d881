package dev.fanfare.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code docs/openapi.yaml}. A schema that names its properties is taken as naming all of them, so that a field that the
 * document forgets, or that there is not, is found; readers of the document need not be as strict.
 */
final class OpenApi {

    /** The tests of a module run in its folder. */
    static final Path FILE = Path.of("../docs/openapi.yaml");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");
    private static final String REF = "$ref";

    private final JsonNode root;
    private final JsonNode components;

    private OpenApi(JsonNode root) {
        this.root = root;
        this.components = closed(root.path("components").deepCopy());
    }

    static OpenApi read() {
        try {
            return new OpenApi(YAML.readTree(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Operation> operations() {
        return root.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .map(method -> new Operation(
                        this,
                        method.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        path.getValue().path("parameters"),
                        method.getValue(),
                        root.path("security"))));
    }

    JsonNode schema(String name) {
        return resolve(root.path("components").path("schemas").path(name));
    }

    /** What a reference leads to, or the node itself. */
    JsonNode resolve(JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has(REF)) {
            resolved = root.at(resolved.path(REF).asText().substring(1));
        }
        if (resolved.isMissingNode()) {
            throw new AssertionError("the document has nothing for " + node);
        }
        return resolved;
    }

    /** What is wrong with a value, by a schema of this document. */
    List<String> problems(JsonNode schema, JsonNode value) {
        ObjectNode whole = (ObjectNode) closed(schema.deepCopy());
        whole.set("components", components);
        return SCHEMAS.getSchema(whole).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    /** What is wrong with the document itself, by the schema of OpenAPI 3.1 and that of JSON Schema 2020-12. */
    List<String> problems() throws IOException {
        JsonNode openApi;
        try (InputStream file = OpenApi.class.getResourceAsStream("/openapi/schema-3.1.yaml")) {
            openApi = YAML.readTree(file);
        }
        JsonSchema structure =
                SCHEMAS.getSchema(SchemaLocation.of(openApi.path("$id").asText()), openApi);
        JsonSchema jsonSchema = SCHEMAS.getSchema(SchemaLocation.of(VersionFlag.V202012.getId()));
        return Stream.concat(
                        structure.validate(root).stream(),
                        root.path("components").path("schemas").properties().stream()
                                .flatMap(schema -> jsonSchema.validate(schema.getValue()).stream()))
                .map(Object::toString)
                .toList();
    }

    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.forEach(OpenApi::closed);
            if (object.path("properties").isObject() && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(OpenApi::closed);
        }
        return node;
    }
}

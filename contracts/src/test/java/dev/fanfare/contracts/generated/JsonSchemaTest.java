package dev.fanfare.contracts.generated;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.generated.RecordTypes.RecordType;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shape of every type of record as JSON Schema, in {@code docs/schema/<name>.json}, made from the types. */
class JsonSchemaTest {

    static Stream<RecordType> types() {
        return RecordTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    void agreesWithTheType(RecordType record) throws Exception {
        // When
        ObjectNode schema = generator().generateSchema(record.type());
        schema.put("title", record.name());

        // Then
        GeneratedFile.check(
                "docs/schema/" + record.name() + ".json",
                Json.mapper()
                                .writer()
                                .with(SerializationFeature.INDENT_OUTPUT)
                                .writeValueAsString(schema)
                                .replace("\r\n", "\n")
                        + "\n");
    }

    private static SchemaGenerator generator() {
        return new SchemaGenerator(
                new SchemaGeneratorConfigBuilder(Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                        .with(new JacksonModule(JacksonOption.RESPECT_JSONPROPERTY_ORDER))
                        .with(new SchemaRules())
                        .with(Option.FLATTENED_ENUMS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                        .without(Option.NONSTATIC_NONVOID_NONGETTER_METHODS)
                        .build());
    }
}

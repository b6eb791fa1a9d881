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
import dev.fanfare.contracts.topic.Topic;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shape of every topic's records as JSON Schema, in {@code docs/schema/<topic>.json}, made from the types. */
class JsonSchemaTest {

    static Stream<Topic> topics() {
        return RecordTypes.typedTopics();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void agreesWithTheTypes(Topic topic) throws Exception {
        // When
        ObjectNode schema = generator().generateSchema(RecordTypes.of(topic).orElseThrow());
        schema.put("title", topic.topicName());

        // Then
        GeneratedFile.check(
                "docs/schema/" + topic.topicName() + ".json",
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

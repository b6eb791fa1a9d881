package dev.fanfare.contracts.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.DeliveryCount;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.generated.RecordTypes.RecordType;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/asyncapi.yaml}: the topics as AsyncAPI 3 sees them, made from the catalogue, the schemas and the golden files. */
class AsyncApiTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR));

    private static final String HEAD = "# Made from Topic by %s; do not edit.\n";
    private static final String SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12";
    private static final String BINDING_VERSION = "0.5.0";
    private static final String SIGNED = "SignedHeaders";
    private static final String REJECTED = "RejectedHeaders";

    /** Records that share a topic with others are told apart by this value of {@code ce_type}. */
    private static final Map<Class<?>, String> EVENT_TYPES = Map.of(
            DeliveryCount.class, DeliveryCount.EVENT_TYPE,
            JobProgress.class, JobProgress.EVENT_TYPE,
            SessionEnd.class, SessionEnd.EVENT_TYPE);

    @Test
    void agreesWithTheCatalogue() throws Exception {
        GeneratedFile.check(
                "docs/asyncapi.yaml",
                HEAD.formatted(GeneratedFile.HOW_TO_UPDATE) + YAML.writeValueAsString(document()));
    }

    @Test
    void isAsyncApi() throws Exception {
        // Given
        JsonNode schema;
        try (InputStream file = AsyncApiTest.class.getResourceAsStream("/asyncapi/schema-3.0.0.json")) {
            schema = Json.mapper().readTree(file);
        }
        JsonNode document = YAML.readTree(YAML.writeValueAsString(document()));

        // When
        var problems =
                JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema).validate(document);

        // Then
        assertThat(problems).isEmpty();
        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> assertThat(
                        reference.startsWith("#/")
                                ? !document.at(reference.substring(1)).isMissingNode()
                                : Files.exists(Path.of("../docs", reference)))
                .as(reference)
                .isTrue());
    }

    private static ObjectNode document() throws Exception {
        ObjectNode document = YAML.createObjectNode().put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Fanfare, Kafka topics")
                .put("version", "v1")
                .put(
                        "description",
                        "What Fanfare receives from other systems and what it tells them, and its internal topics, tagged so: only its own"
                                + " services may write those. How a command is signed: kafka.md. Partitions are those of a new cluster; all"
                                + " topics are stamped by the broker (LogAppendTime).")
                .putObject("license")
                .put("name", "Apache-2.0");
        document.putObject("servers")
                .putObject("standalone")
                .put("host", "localhost:9092")
                .put("protocol", "kafka")
                .put("description", "the standalone installation (./fanfare up)");
        document.put("defaultContentType", "application/json");
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        for (Topic topic : Topic.values()) {
            String name = topic.name().toLowerCase(Locale.ROOT).replace('_', '-');
            putChannel(channels.putObject(name), topic);
            String action = Topic.COMMANDS.contains(topic) ? "receive" : "send";
            operations
                    .putObject(action + "-" + name)
                    .put("action", action)
                    .putObject("channel")
                    .put("$ref", "#/channels/" + name);
        }
        putHeaders(document.putObject("components").putObject("schemas"));
        return document;
    }

    private static void putChannel(ObjectNode channel, Topic topic) throws Exception {
        channel.put("address", topic.topicName())
                .put(
                        "description",
                        "Key: %s. Written by: %s. Read by: %s."
                                .formatted(topic.key(), topic.writers(), topic.readers()));
        channel.putArray("tags").addObject().put("name", audience(topic));
        ObjectNode messages = channel.putObject("messages");
        for (RecordType type : RecordTypes.of(topic)) {
            putMessage(messages.putObject(type.type().getSimpleName()), topic, type);
        }
        if (messages.isEmpty()) {
            messages.putObject("Rejected")
                    .put("summary", "As it was, with the reason in its headers")
                    .putObject("headers")
                    .put("$ref", "#/components/schemas/" + REJECTED);
        }
        ObjectNode kafka = channel.putObject("bindings")
                .putObject("kafka")
                .put("topic", topic.topicName())
                .put("partitions", topic.partitions());
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        configuration.putArray("cleanup.policy").add(topic.config().get("cleanup.policy"));
        topic.retention().ifPresent(retention -> configuration.put("retention.ms", retention.toMillis()));
        configuration.put("max.message.bytes", Topic.MAX_MESSAGE_BYTES);
        kafka.put("bindingVersion", BINDING_VERSION);
    }

    /** Who has to do with it, by those who write and read it. */
    private static String audience(Topic topic) {
        String everybody = topic.writers() + topic.readers();
        return everybody.contains("other systems")
                ? "public"
                : everybody.contains("operators") ? "operators" : "internal";
    }

    private static void putMessage(ObjectNode message, Topic topic, RecordType type) throws Exception {
        message.put("name", type.name()).put("contentType", "application/json");
        if (Topic.COMMANDS.contains(topic)) {
            message.putObject("headers").put("$ref", "#/components/schemas/" + SIGNED);
        } else if (EVENT_TYPES.containsKey(type.type())) {
            ObjectNode headers = message.putObject("headers").put("type", "object");
            headers.putArray("required").add(CommandHeaders.TYPE);
            headers.putObject("properties").putObject(CommandHeaders.TYPE).put("const", EVENT_TYPES.get(type.type()));
        }
        message.putObject("payload")
                .put("schemaFormat", SCHEMA_FORMAT)
                .putObject("schema")
                .put("$ref", "./schema/" + type.name() + ".json");
        message.putArray("examples").addObject().set("payload", golden(type));
    }

    /** The first record of the type that stands in the golden files. */
    private static JsonNode golden(RecordType type) throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
            Path first = files.sorted()
                    .filter(file -> file.getFileName()
                            .toString()
                            .replaceFirst("\\.[a-z-]+\\.json$", "")
                            .equals(type.name()))
                    .findFirst()
                    .orElseThrow();
            return YAML.readTree(Files.readString(first));
        }
    }

    private static void putHeaders(ObjectNode schemas) {
        ObjectNode signed = schemas.putObject(SIGNED).put("type", "object");
        signed.put("description", "CloudEvents in Kafka's binary mode, and the signature: kafka.md.");
        List<String> always = List.of(
                CommandHeaders.ID,
                CommandHeaders.TYPE,
                CommandHeaders.TIME,
                CommandHeaders.KEY_ID,
                CommandHeaders.SIGNATURE);
        always.forEach(signed.putArray("required")::add);
        ObjectNode properties = signed.putObject("properties");
        Stream.concat(
                        always.stream(),
                        Stream.of(
                                CommandHeaders.SPEC_VERSION,
                                CommandHeaders.SOURCE,
                                CommandHeaders.CONTENT_TYPE,
                                CommandHeaders.TRACEPARENT))
                .forEach(header -> properties.putObject(header).put("type", "string"));
        properties.withObject("/" + CommandHeaders.TIME).put("format", "date-time");
        properties.withObject("/" + CommandHeaders.SIGNATURE).put("pattern", "^[0-9a-f]{64}$");

        ObjectNode rejected = schemas.putObject(REJECTED).put("type", "object");
        rejected.put("description", "Beside the headers that the record had.");
        ObjectNode reasons = rejected.putObject("properties");
        Arrays.asList(RejectedHeaders.REASON, RejectedHeaders.TEXT, RejectedHeaders.POSITION)
                .forEach(header -> reasons.putObject(header).put("type", "string"));
    }
}

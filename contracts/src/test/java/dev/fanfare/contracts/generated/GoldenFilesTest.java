package dev.fanfare.contracts.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract as bytes: records as they stand on the topics of running systems. A change of the types that cannot read
 * and write these files byte for byte breaks what is already in Kafka, and other producers. Add files, never edit one.
 */
class GoldenFilesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static Stream<Path> records() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void areReadAndWrittenByteForByte(Path file) throws Exception {
        // Given
        byte[] golden = Files.readAllBytes(file);

        // When
        byte[] written = Json.write(Json.read(golden, typeOf(file)));

        // Then
        assertThat(written).asString().isEqualTo(new String(golden, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("records")
    void areReadTheSameWithFieldsOfALaterVersion(Path file) throws Exception {
        // Given
        byte[] golden = Files.readAllBytes(file);
        JsonNode later = addUnknownFields(Json.mapper().readTree(golden));

        // When
        Object read = Json.read(Json.write(later), typeOf(file));

        // Then
        assertThat(read).isEqualTo(Json.read(golden, typeOf(file)));
    }

    @Test
    void everyTopicHasARecordOrTwo() throws Exception {
        // When
        var topics = records().map(GoldenFilesTest::topicOf).collect(Collectors.toSet());

        // Then
        assertThat(topics)
                .containsExactlyInAnyOrderElementsOf(RecordTypes.typedTopics().toList());
    }

    /** {@code fanfare.broadcast.command.v1.minimal.json}: the topic, and what the record shows. */
    private static Topic topicOf(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.[a-z-]+\\.json$", "");
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.topicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " names no topic"));
    }

    private static Class<?> typeOf(Path file) {
        return RecordTypes.of(topicOf(file)).orElseThrow();
    }

    private static JsonNode addUnknownFields(JsonNode node) {
        if (node instanceof ArrayNode array) {
            array.forEach(GoldenFilesTest::addUnknownFields);
        } else if (node instanceof ObjectNode object) {
            boolean placeholders =
                    object.fieldNames().hasNext() && object.fieldNames().next().startsWith("{");
            object.forEach(GoldenFilesTest::addUnknownFields);
            if (!placeholders) {
                object.put("aFieldOfALaterVersion", "x")
                        .putObject("anObjectOfALaterVersion")
                        .put("y", 1);
            }
        }
        return node;
    }
}

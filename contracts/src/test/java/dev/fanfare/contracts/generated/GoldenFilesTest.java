package dev.fanfare.contracts.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.generated.RecordTypes.RecordType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void everyTypeHasARecordOrTwo() throws Exception {
        // When
        var types = records().map(GoldenFilesTest::recordTypeOf).collect(Collectors.toSet());

        // Then
        assertThat(types).containsExactlyInAnyOrderElementsOf(RecordTypes.all().toList());
    }

    /** {@code fanfare.broadcast.command.v1.minimal.json}: the type of record, and what the record shows. */
    private static RecordType recordTypeOf(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.[a-z-]+\\.json$", "");
        return RecordTypes.all()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " names no type of record"));
    }

    private static Class<?> typeOf(Path file) {
        return recordTypeOf(file).type();
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

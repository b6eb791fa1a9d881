package dev.fanfare.benchmark.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a benchmark found, and everything that one needs to know to find it again.
 *
 * @param time when it ended, ISO 8601 in UTC
 * @param parameters in words, in the order in which they are told
 * @param table medians
 * @param rounds every single measurement behind the table
 */
@JsonPropertyOrder({"benchmark", "time", "machine", "commit", "java", "parameters", "table", "rounds"})
public record Report(
        String benchmark,
        String time,
        Machine machine,
        String commit,
        String java,
        Map<String, String> parameters,
        Table table,
        Map<String, double[]> rounds) {

    private static final ObjectWriter WRITER = Json.mapper().writer(SerializationFeature.INDENT_OUTPUT);

    /** Writes {@code <benchmark>.json}. */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(file(folder, benchmark), WRITER.writeValueAsBytes(this));
    }

    /** Where the report of a benchmark is. */
    public static Path file(Path folder, String benchmark) {
        return folder.resolve(benchmark + ".json");
    }

    public static Report read(Path file) throws IOException {
        return Json.mapper().readValue(file.toFile(), Report.class);
    }

    /** The table, and under it where it comes from. */
    public String markdown() {
        StringBuilder text = new StringBuilder(table.markdown()).append('\n');
        parameters.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("; "));
        return text.append("commit ")
                .append(commit)
                .append("; Java ")
                .append(java)
                .append("; ")
                .append(machine.processors())
                .append(" × ")
                .append(machine.processor())
                .append(", ")
                .append(machine.memoryGiB())
                .append(" GiB, ")
                .append(machine.kernel())
                .append("; ")
                .append(time)
                .append(".\n")
                .toString();
    }
}

package dev.fanfare.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.time.Instant;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    @Test
    void idsAndTheTraceAreFields() throws IOException {
        // Given
        ExtLogRecord record = record("published: topic=%s app=%s messageUid=%s", "t.v1", "app-1", "5FGT-7VA9");
        record.putMdc("traceId", "0af7651916cd43dd8448eb211c80319c");

        // When
        JsonNode line = line(record);

        // Then
        assertThat(line.path("message").asText()).isEqualTo("published: topic=t.v1 app=app-1 messageUid=5FGT-7VA9");
        assertThat(line.path("messageUid").asText()).isEqualTo("5FGT-7VA9");
        assertThat(line.path("topic").asText()).isEqualTo("t.v1");
        assertThat(line.path("app").asText()).isEqualTo("app-1");
        assertThat(line.path("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("a.Logger");
        assertThat(Instant.parse(line.path("timestamp").asText())).isEqualTo(record.getInstant());
    }

    @Test
    void whatWouldBreakALineIsEscaped() throws IOException {
        // Given
        ExtLogRecord record = record("two\n\"lines\" messageUid=%s", "a\"b");
        record.setThrown(new IllegalStateException("why\nso"));

        // When
        String text = new JsonLines().format(record);

        // Then
        assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(line(record).path("message").asText()).isEqualTo("two\n\"lines\" messageUid=a\"b");
        assertThat(line(record).path("exception").asText())
                .startsWith("java.lang.IllegalStateException: why\nso")
                .contains("\tat " + JsonLinesTest.class.getName());
    }

    private static ExtLogRecord record(String format, Object... arguments) {
        ExtLogRecord record = new ExtLogRecord(Level.WARN, format, ExtLogRecord.FormatStyle.PRINTF, "a.Logger");
        record.setLoggerName("a.Logger");
        record.setParameters(arguments);
        return record;
    }

    private static JsonNode line(ExtLogRecord record) throws IOException {
        return Json.mapper().readTree(new JsonLines().format(record));
    }
}

package dev.fanfare.benchmark.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static JsonNode line(String text) throws JsonProcessingException {
        return Json.mapper().readTree(text);
    }

    @Test
    void readsWhatArrived() throws Exception {
        // When
        var report = Answers.read(
                line("{\"event\":\"broadcast\",\"complete\":true,\"sessions\":10,\"received\":20,"
                        + "\"firstNs\":1000000,\"lastNs\":3000000}"),
                LoadReport.Broadcasts.class);

        // Then
        assertThat(report).isEqualTo(new LoadReport.Broadcasts(true, 10, 20, 1_000_000, 3_000_000));
        assertThat(report.spreadMillis()).isEqualTo(2);
        assertThat(report.deliveriesPerSecond()).isEqualTo(10_000);
    }

    @Test
    void refusesAReportWithoutOneOfItsFields() {
        assertThatThrownBy(() -> Answers.read(line("{\"event\":\"opened\",\"sessions\":1}"), LoadReport.Opened.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Opened");
    }

    @Test
    void refusesSomethingElse() {
        assertThatThrownBy(() -> Answers.read(line("[]"), LoadReport.Opened.class))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyKindOfTroubleIsTrouble() throws Exception {
        for (String trouble : new String[] {
            "missed", "repeated", "unrecovered", "sequenceMissed", "sequenceRepeated", "protocolErrors", "refused"
        }) {
            assertThat(stats(trouble).isClean()).as(trouble).isFalse();
        }
        for (String fine : new String[] {"closed", "failedAttempts", "pings", "messages"}) {
            assertThat(stats(fine).isClean()).as(fine).isTrue();
        }
    }

    private static LoadReport.Stats stats(String notZero) throws JsonProcessingException {
        String zeros = "{\"event\":\"stats\",\"sessions\":0,\"live\":0,\"missed\":0,\"repeated\":0,\"unrecovered\":0,"
                + "\"sequenceMissed\":0,\"sequenceRepeated\":0,\"protocolErrors\":0,\"closed\":0,\"refused\":0,"
                + "\"failedAttempts\":0,\"pings\":0,\"messages\":0,\"bytes\":0,\"busyNs\":0,\"cpuNs\":0,"
                + "\"closeCodes\":{\"3008\":2}}";
        return Answers.read(
                line(zeros.replace("\"" + notZero + "\":0", "\"" + notZero + "\":1")), LoadReport.Stats.class);
    }
}

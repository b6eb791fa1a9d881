package dev.fanfare.delivery.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.InApp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRecordTest {

    private static final String MESSAGE = "{\"messageUID\":\"U1\"}";

    @ParameterizedTest
    @CsvSource({",WINDOW", "WINDOW,WINDOW", "LIVE,LIVE", "KEPT,KEPT"})
    void theHeaderSaysForWhomItIs(String header, InApp inApp) {
        // Given
        ConsumerRecord<String, byte[]> record = record("app", MESSAGE);
        if (header != null) {
            add(record, InApp.HEADER, header);
        }

        // Then
        Broadcast broadcast = StreamRecord.read(record).orElseThrow();
        assertThat(broadcast.inApp()).isEqualTo(inApp);
        assertThat(broadcast.offset()).isEqualTo(18);
        assertThat(broadcast.recalls()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "", "live", "LATER"})
    void whatIsForNobodyWeKnowIsNotTold(String header) {
        // Given
        ConsumerRecord<String, byte[]> record = record("app", MESSAGE);
        add(record, InApp.HEADER, header);

        // Then
        assertThat(StreamRecord.read(record)).isEmpty();
    }

    @Test
    void aRecallNamesItsMessage() {
        // Given
        ConsumerRecord<String, byte[]> record = record("app", MESSAGE);
        add(record, InApp.RECALLS_HEADER, "U0");
        ConsumerRecord<String, byte[]> ofNothing = record("app", MESSAGE);
        add(ofNothing, InApp.RECALLS_HEADER, "");
        ConsumerRecord<String, byte[]> ofNull = record("app", MESSAGE);
        ofNull.headers().add(InApp.RECALLS_HEADER, null);

        // Then
        assertThat(StreamRecord.read(record))
                .get()
                .extracting(Broadcast::recalls)
                .isEqualTo("U0");
        assertThat(StreamRecord.read(ofNothing)).isEmpty();
        assertThat(StreamRecord.read(ofNull)).isEmpty();
    }

    @Test
    void whatIsKeptAndWhatTakesBackOutlastsTheStream() {
        // Given
        ConsumerRecord<String, byte[]> window = record("app", MESSAGE);
        ConsumerRecord<String, byte[]> live = record("app", MESSAGE);
        add(live, InApp.HEADER, "LIVE");
        ConsumerRecord<String, byte[]> kept = record("app", MESSAGE);
        add(kept, InApp.HEADER, "KEPT");
        ConsumerRecord<String, byte[]> recall = record("app", MESSAGE);
        add(recall, InApp.RECALLS_HEADER, "U0");

        // Then
        assertThat(List.of(window, live, kept, recall))
                .filteredOn(StreamRecord::outlastsTheStream)
                .containsExactly(kept, recall);
    }

    @Test
    void aMessageOfZimHasItsOwnName() {
        assertThat(StreamRecord.read(record("app", "{\"messageID\":\"Z1\",\"type\":1}")))
                .get()
                .extracting(Broadcast::messageUid)
                .isEqualTo("Z1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messageUID\":\"U1\",\"messageID\":\"Z1\"}",
                "{\"messageID\":\"Z1\",\"messageUID\":\"U1\"}",
                "{\"user\":{\"messageUID\":\"U2\"},\"messageUID\":\"U1\",\"tags\":[{\"messageUID\":\"U3\"}]}"
            })
    void theIdIsThatOfTheMessageItself(String value) {
        assertThat(StreamRecord.read(record("app", value)))
                .get()
                .extracting(Broadcast::messageUid)
                .isEqualTo("U1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"messageUID\":\"\"}",
                "{\"messageUID\":null}",
                "{\"data\":{\"messageUID\":\"U1\"}}",
                "{\"messageUID\":\"U1\",\"data\":{",
                "{\"messageUID\":\"U1\",\"data\":\"\\u00\"}"
            })
    void whatIsNoMessageIsNone(String value) {
        assertThat(StreamRecord.read(record("app", value))).isEmpty();
    }

    @Test
    void aRecordWithoutAnAppOrAValueIsNone() {
        assertThat(StreamRecord.read(record(null, MESSAGE))).isEmpty();
        assertThat(StreamRecord.read(new ConsumerRecord<>("topic", 0, 17, "app", null)))
                .isEmpty();
    }

    @Test
    void aMessageOfSeveralLinesBecomesOne() {
        assertThat(StreamRecord.read(record("app", "{\n\"messageUID\":\r\n\"U1\"\n}")))
                .get()
                .extracting(broadcast -> new String(broadcast.data(), StandardCharsets.UTF_8))
                .isEqualTo(MESSAGE);
    }

    private static ConsumerRecord<String, byte[]> record(String app, String value) {
        return new ConsumerRecord<>("topic", 0, 17, app, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(ConsumerRecord<String, byte[]> record, String header, String value) {
        record.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.StreamPosition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullAnswerTest {

    private static final String EPOCH = "Zb-_9.3";

    private final List<Broadcast> due = List.of(broadcast(5), broadcast(6), broadcast(9));

    @Test
    void theAnswerIsJson() throws Exception {
        assertThat(Json.mapper()
                        .readTree(new PullAnswer(new StreamPosition(EPOCH, 6), true, due.subList(0, 2), true).toJson()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"position\":\"Zb-_9.3.6\",\"recovered\":true,"
                                + "\"messages\":[{\"n\":5},{\"n\":6}],\"more\":true}"));
        assertThat(Json.mapper()
                        .readTree(new PullAnswer(new StreamPosition(EPOCH, 0), false, List.of(), false).toJson()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"position\":\"Zb-_9.3.0\",\"recovered\":false,\"messages\":[],\"more\":false}"));
    }

    @Test
    void aPositionIsReadAsItWasWritten() {
        StreamPosition position = new StreamPosition(EPOCH, Long.MAX_VALUE);
        assertThat(PullAnswer.parse(PullAnswer.text(position))).contains(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ".", ".1", "x.", "x.-1", "x.1x", "x.99999999999999999999"})
    void whatIsNoPositionIsRefused(String text) {
        assertThat(PullAnswer.parse(text)).isEmpty();
    }

    @Test
    void anEndlessPositionIsRefused() {
        assertThat(PullAnswer.parse("x".repeat(200) + ".1")).isEmpty();
    }

    private static Broadcast broadcast(long offset) {
        byte[] data = ("{\"n\":" + offset + "}").getBytes(StandardCharsets.UTF_8);
        return new Broadcast("app", offset, 0, "uid" + offset, data);
    }
}

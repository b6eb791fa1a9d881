package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.CatchUp;
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
    void allThatFitsIsToldWithTheLastPosition() {
        // When
        PullAnswer answer = PullAnswer.of(catchUp(true), 1000);

        // Then
        assertThat(answer).isEqualTo(new PullAnswer(new StreamPosition(EPOCH, 12), true, due, false));
    }

    @Test
    void whatDoesNotFitIsForTheNextRequest() {
        // When: two messages of 7 bytes fit
        PullAnswer answer = PullAnswer.of(catchUp(false), 20);

        // Then
        assertThat(answer).isEqualTo(new PullAnswer(new StreamPosition(EPOCH, 6), false, due.subList(0, 2), true));
    }

    @Test
    void oneMessageIsToldHoweverLargeItIs() {
        PullAnswer answer = PullAnswer.of(catchUp(true), 1);
        assertThat(answer.messages()).containsExactly(due.get(0));
        assertThat(answer.more()).isTrue();
    }

    @Test
    void theAnswerIsJson() throws Exception {
        assertThat(Json.mapper().readTree(PullAnswer.of(catchUp(true), 20).toJson()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"position\":\"Zb-_9.3.6\",\"recovered\":true,"
                                + "\"messages\":[{\"n\":5},{\"n\":6}],\"more\":true}"));
        CatchUp nothing = new CatchUp(true, new StreamPosition(EPOCH, 0), List.of(), new StreamPosition(EPOCH, 0));
        assertThat(Json.mapper().readTree(PullAnswer.of(nothing, 20).toJson()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"position\":\"Zb-_9.3.0\",\"recovered\":true,\"messages\":[],\"more\":false}"));
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

    private CatchUp catchUp(boolean complete) {
        return new CatchUp(complete, new StreamPosition(EPOCH, 4), due, new StreamPosition(EPOCH, 12));
    }

    private static Broadcast broadcast(long offset) {
        byte[] data = ("{\"n\":" + offset + "}").getBytes(StandardCharsets.UTF_8);
        return new Broadcast("app", offset, 0, "uid" + offset, data);
    }
}

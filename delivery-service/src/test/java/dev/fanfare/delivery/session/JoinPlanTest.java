package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.protocol.ServerReply.Publication;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.StreamPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinPlanTest {

    private static final List<Broadcast> THREE = List.of(broadcast(11), broadcast(12), broadcast(15));

    @Test
    void aCompleteCatchUpStandsInTheReply() {
        // When
        JoinPlan plan = JoinPlan.of(catchUp(true), 1000);

        // Then
        assertThat(plan.subscription().recovered()).isTrue();
        assertThat(plan.subscription().publications())
                .extracting(Publication::offset)
                .containsExactly(11L, 12L, 15L);
        assertThat(plan.subscription().offset()).isEqualTo(20);
        assertThat(plan.thenLive()).isEmpty();
    }

    @Test
    void whatDoesNotFitFollowsLive() {
        // When
        JoinPlan plan = JoinPlan.of(catchUp(true), 250);

        // Then
        assertThat(plan.subscription().recovered()).isTrue();
        assertThat(plan.subscription().publications())
                .extracting(Publication::offset)
                .containsExactly(11L, 12L);
        assertThat(plan.subscription().offset()).isEqualTo(12);
        assertThat(plan.thenLive()).extracting(Broadcast::offset).containsExactly(15L);
    }

    @Test
    void ifNothingFitsAllFollowsLive() {
        // When
        JoinPlan plan = JoinPlan.of(catchUp(true), 50);

        // Then
        assertThat(plan.subscription().recovered()).isTrue();
        assertThat(plan.subscription().publications()).isEmpty();
        assertThat(plan.subscription().offset()).isEqualTo(10);
        assertThat(plan.thenLive()).hasSize(3);
    }

    @Test
    void anIncompleteCatchUpIsSaidAndFollowsLive() {
        // When
        JoinPlan plan = JoinPlan.of(catchUp(false), 1000);

        // Then
        assertThat(plan.subscription().wasRecovering()).isTrue();
        assertThat(plan.subscription().recovered()).isFalse();
        assertThat(plan.subscription().publications()).isEmpty();
        assertThat(plan.subscription().offset()).isEqualTo(10);
        assertThat(plan.thenLive()).hasSize(3);
    }

    @Test
    void anEmptyCatchUpPutsTheClientAtTheTop() {
        // Given
        CatchUp nothing = new CatchUp(false, new StreamPosition("e", 10), List.of(), new StreamPosition("e", 20));

        // When
        JoinPlan plan = JoinPlan.of(nothing, 1000);

        // Then
        assertThat(plan.subscription().offset()).isEqualTo(20);
        assertThat(plan.thenLive()).isEmpty();
    }

    private static CatchUp catchUp(boolean complete) {
        return new CatchUp(complete, new StreamPosition("e", 10), THREE, new StreamPosition("e", 20));
    }

    private static Broadcast broadcast(long offset) {
        return new Broadcast("app", offset, 0, "U" + offset, new byte[100]);
    }
}

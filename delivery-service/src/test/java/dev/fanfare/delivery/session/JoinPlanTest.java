package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.protocol.ServerReply.Publication;
import dev.fanfare.delivery.protocol.ServerReply.Subscription;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.Joined;
import dev.fanfare.delivery.window.StreamPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinPlanTest {

    private static final StreamPosition POSITION = new StreamPosition("e", 20);
    private static final Joined JOINED = new Joined(10, 20);

    @Test
    void aCompleteCatchUpStandsInTheReply() {
        // When
        Subscription.Positioned told =
                JoinPlan.of(new CatchUp(true, List.of(broadcast(11), broadcast(12), broadcast(15)), POSITION, JOINED));

        // Then
        assertThat(told.recovered()).isTrue();
        assertThat(told.wasRecovering()).isTrue();
        assertThat(told.publications()).extracting(Publication::offset).containsExactly(11L, 12L, 15L);
        assertThat(told.offset()).isEqualTo(20);
        assertThat(told.epoch()).isEqualTo("e");
    }

    @Test
    void anIncompleteOneIsSaid() {
        // When
        Subscription.Positioned told = JoinPlan.of(new CatchUp(false, List.of(), POSITION, JOINED));

        // Then
        assertThat(told.wasRecovering()).isTrue();
        assertThat(told.recovered()).isFalse();
        assertThat(told.publications()).isEmpty();
        assertThat(told.offset()).isEqualTo(20);
    }

    private static Broadcast broadcast(long offset) {
        return new Broadcast("app", offset, 0, "U" + offset, new byte[100]);
    }
}

package dev.fanfare.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.dispatch.Decision.ToMailbox;
import dev.fanfare.delivery.presence.PresenceEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnlineOnlyTest {

    private static final ClientMessage MESSAGE =
            new ClientMessage("M1", ConversationType.GROUP, "g", "sys", "RC:TxtMsg", "{}", 1L, null);

    @Test
    void usersOfOneMailboxTravelTogether() {
        // Given
        Map<String, List<Integer>> sessions =
                Map.of("u1", List.of(3, 3), "u2", List.of(5, 3), "u3", List.of(), "u4", List.of(3));
        DirectDelivery delivery =
                new DirectDelivery("app", DeliveryPolicy.ONLINE_ONLY, List.of("u1", "u2", "u3", "u4"), MESSAGE, null);

        // When
        Decision decision = OnlineOnly.decide(delivery, user -> sessions.get(user).stream()
                .map(mailbox -> new PresenceEntry("s", mailbox, "node", "device", 1, ""))
                .toList());

        // Then
        assertThat(decision.toMailboxes())
                .containsExactly(
                        new ToMailbox(3, delivery.forUsers(List.of("u1", "u2", "u4")), null, null),
                        new ToMailbox(5, delivery.forUsers(List.of("u2")), null, null));
        assertThat(decision.notOnline()).isEqualTo(1);
        assertThat(decision.pushes()).isEmpty();
        assertThat(decision.outcomes()).isEmpty();
    }
}

package dev.fanfare.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.delivery.dispatch.Decision.ToMailbox;
import dev.fanfare.delivery.presence.PresenceEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfflinePushTest {

    private static final ClientMessage MESSAGE =
            new ClientMessage("M1", ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", null, 1L, null);
    private static final PushNotification PUSH = new PushNotification(null, "hello", null, null, null);

    @Test
    void whoHasASessionIsAskedByTheLatestOfThemAndOthersArePushed() {
        // Given
        DirectDelivery chunk = chunk(null, "away", "here", "also-here", "twice", "no-device");
        Map<String, List<String>> devices = Map.of(
                "away", List.of("phone", "tablet"),
                "here", List.of("phone"),
                "also-here", List.of("phone"),
                "twice", List.of("phone"));
        Map<String, List<PresenceEntry>> sessions = Map.of(
                "here", List.of(session(3, 1)),
                "also-here", List.of(session(3, 1)),
                "twice", List.of(session(5, 2), session(3, 1)),
                "no-device", List.of(session(3, 1)));

        // When
        Decision decision = OfflinePush.decide(
                chunk, user -> devices.getOrDefault(user, List.of()), user -> sessions.getOrDefault(user, List.of()));

        // Then
        assertThat(decision.toMailboxes())
                .containsExactly(
                        new ToMailbox(3, chunk.forUsers(List.of("here", "also-here")), null, null),
                        new ToMailbox(5, chunk.forUsers(List.of("twice")), null, null));
        assertThat(decision.pushes())
                .containsExactly(new PushJob(
                        "app", "away", List.of("phone", "tablet"), MESSAGE, PUSH, null, null, null, null, true));
        assertThat(decision.outcomes()).isEmpty();
    }

    @Test
    void aRecallSaysWhatItReplaces() {
        // When
        Decision decision = OfflinePush.decide(chunk("M0", "away"), user -> List.of("phone"), user -> List.of());

        // Then
        assertThat(decision.pushes()).extracting(PushJob::replaces).containsExactly("M0");
    }

    private static DirectDelivery chunk(String recalls, String... users) {
        return new DirectDelivery("app", DeliveryPolicy.PUSH_OFFLINE, List.of(users), MESSAGE, PUSH, recalls);
    }

    private static PresenceEntry session(int mailbox, long connectedAt) {
        return new PresenceEntry("s" + connectedAt, mailbox, "node", "phone", connectedAt, "{}");
    }
}

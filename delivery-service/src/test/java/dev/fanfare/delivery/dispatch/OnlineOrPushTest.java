package dev.fanfare.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.delivery.dispatch.OnlineOrPush.Decision;
import dev.fanfare.delivery.dispatch.OnlineOrPush.ToMailbox;
import dev.fanfare.delivery.presence.PresenceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlineOrPushTest {

    private static final ClientMessage MESSAGE =
            new ClientMessage("M1", ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", "{}", 1L, null);
    private static final PushNotification PUSH = new PushNotification(null, "hello", null, null, null);
    private static final long NOW = 99;

    /** Policy, has a push, mailboxes of the user's sessions; then: mailboxes written to, pushes, outcomes, uncounted. */
    @ParameterizedTest
    @CsvSource({
        "ONLINE_ONLY,      true,  '',    '',  0, 0, 1",
        "ONLINE_ONLY,      false, '',    '',  0, 0, 1",
        "ONLINE_ONLY,      true,  '7',   '7', 0, 0, 0",
        "ONLINE_ONLY,      false, '7',   '7', 0, 0, 0",
        "ONLINE_ONLY,      false, '7 8', '7 8', 0, 0, 0",
        "ONLINE_ELSE_PUSH, true,  '',    '',  1, 0, 0",
        "ONLINE_ELSE_PUSH, false, '',    '',  0, 1, 0",
        "ONLINE_ELSE_PUSH, true,  '7',   '7', 0, 0, 0",
        "ONLINE_ELSE_PUSH, false, '7',   '7', 0, 0, 0",
        "ONLINE_ELSE_PUSH, true,  '7 8', '7 8', 0, 0, 0",
        "ONLINE_ELSE_PUSH, true,  '7 7', '7', 0, 0, 0",
        "ONLINE_ELSE_PUSH, true,  '8 7 8', '8 7', 0, 0, 0",
    })
    void theRule(
            DeliveryPolicy policy,
            boolean hasPush,
            String sessions,
            String mailboxes,
            int pushes,
            int outcomes,
            int notOnline) {
        // Given
        DirectDelivery delivery = new DirectDelivery("app", policy, List.of("u1"), MESSAGE, hasPush ? PUSH : null);

        // When
        Decision decision = OnlineOrPush.decide(delivery, user -> sessionsIn(sessions), NOW);

        // Then
        assertThat(decision.toMailboxes()).extracting(ToMailbox::mailbox).isEqualTo(numbers(mailboxes));
        assertThat(decision.pushes()).hasSize(pushes);
        assertThat(decision.outcomes()).hasSize(outcomes);
        assertThat(decision.notOnline()).isEqualTo(notOnline);
    }

    @Test
    void onlyTheLatestSessionsMailboxHasTheDutyToFallBack() {
        // Given
        DirectDelivery delivery =
                new DirectDelivery("app", DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("u1"), MESSAGE, PUSH);

        // When
        Decision decision = OnlineOrPush.decide(delivery, user -> sessionsIn("4 2 9"), NOW);

        // Then
        DirectDelivery copy = new DirectDelivery("app", DeliveryPolicy.ONLINE_ONLY, List.of("u1"), MESSAGE, null);
        assertThat(decision.toMailboxes())
                .containsExactly(new ToMailbox(4, delivery), new ToMailbox(2, copy), new ToMailbox(9, copy));
    }

    @Test
    void usersOfOneMailboxTravelTogether() {
        // Given
        Map<String, String> sessions = Map.of("u1", "3", "u2", "5 3", "u3", "", "u4", "3");
        DirectDelivery delivery =
                new DirectDelivery("app", DeliveryPolicy.ONLINE_ONLY, List.of("u1", "u2", "u3", "u4"), MESSAGE, null);

        // When
        Decision decision = OnlineOrPush.decide(delivery, user -> sessionsIn(sessions.get(user)), NOW);

        // Then
        assertThat(decision.toMailboxes())
                .containsExactly(
                        new ToMailbox(3, delivery.forUsers(List.of("u1", "u2", "u4"))),
                        new ToMailbox(5, delivery.forUsers(List.of("u2"))));
        assertThat(decision.notOnline()).isEqualTo(1);
    }

    @Test
    void eachOfflineUserHasAPushOrAnOutcome() {
        // Given
        DirectDelivery delivery =
                new DirectDelivery("app", DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("u1", "u2"), MESSAGE, PUSH);
        DirectDelivery silent =
                new DirectDelivery("app", DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("u1", "u2"), MESSAGE, null);

        // When
        List<PushJob> pushes =
                OnlineOrPush.decide(delivery, user -> List.of(), NOW).pushes();
        List<DeliveryOutcome> outcomes =
                OnlineOrPush.decide(silent, user -> List.of(), NOW).outcomes();

        // Then
        assertThat(pushes)
                .containsExactly(
                        new PushJob("app", "u1", null, MESSAGE, PUSH), new PushJob("app", "u2", null, MESSAGE, PUSH));
        assertThat(outcomes)
                .extracting(DeliveryOutcome::userId, DeliveryOutcome::outcome, DeliveryOutcome::time)
                .containsExactly(tuple("u1", Kind.DROPPED, NOW), tuple("u2", Kind.DROPPED, NOW));
    }

    private static List<PresenceEntry> sessionsIn(String mailboxes) {
        List<Integer> numbers = numbers(mailboxes);
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> new PresenceEntry("s" + i, numbers.get(i), "node", "device", 100 - i, ""))
                .toList();
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.split(" ")) {
            if (!number.isEmpty()) {
                numbers.add(Integer.valueOf(number));
            }
        }
        return numbers;
    }
}

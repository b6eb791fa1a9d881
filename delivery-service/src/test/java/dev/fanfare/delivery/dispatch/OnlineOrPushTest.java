package dev.fanfare.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.InboxPlace;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.delivery.dispatch.Decision.ToMailbox;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.presence.PresenceEntry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlineOrPushTest {

    private static final ClientMessage MESSAGE =
            new ClientMessage("M1", ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", "{}", 1L, null);
    private static final PushNotification PUSH = new PushNotification(null, "hello", null, null, null);
    private static final DirectDelivery DELIVERY =
            new DirectDelivery("app", DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("u1"), MESSAGE, PUSH);
    private static final InboxPosition POSITION = new InboxPosition(7, 3);
    private static final InboxPlace PLACE = new InboxPlace(7, 3);
    private static final long NOW = 99;

    /** Devices with a token; sessions as device@mailbox; then: mailbox:devices that depend on it, devices pushed to now. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''           | ''                    | ''            | ''",
                "phone        | ''                    | ''            | phone",
                "phone tablet | ''                    | ''            | phone tablet",
                "''           | web@7                 | 7:            | ''",
                "phone        | phone@7               | 7:phone       | ''",
                "phone        | web@7                 | 7:            | phone",
                "phone tablet | phone@7               | 7:phone       | tablet",
                "phone tablet | phone@7 tablet@7      | 7:phone,tablet| ''",
                "phone tablet | phone@7 tablet@8      | 7:phone 8:tablet | ''",
                "phone        | phone@7 phone@8       | 7:phone 8:phone | ''",
                "phone        | web@8 phone@7 web@7   | 8: 7:phone    | ''",
            })
    void theRule(String pushDevices, String sessions, String mailboxes, String pushed) {
        // When
        Decision decision =
                OnlineOrPush.decide(new KeptMessage(DELIVERY, POSITION, words(pushDevices)), sessions(sessions), NOW);

        // Then
        assertThat(decision.toMailboxes())
                .containsExactlyElementsOf(words(mailboxes).stream()
                        .map(OnlineOrPushTest::toMailbox)
                        .toList());
        assertThat(decision.pushes()).flatExtracting(PushJob::deviceIds).isEqualTo(words(pushed));
        assertThat(decision.notOnline()).isZero();
    }

    @Test
    void aPushTellsWhatItIsAbout() {
        // When
        Decision decision = OnlineOrPush.decide(new KeptMessage(DELIVERY, POSITION, List.of("phone")), List.of(), NOW);

        // Then
        assertThat(decision.pushes())
                .contains(new PushJob("app", "u1", List.of("phone"), MESSAGE, PUSH, null, null, PLACE, null, null));
        assertThat(decision.outcomes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  the user is not online and has no device for a push",
        "false, the user is not online and the message has no push notification"
    })
    void whoCannotBeReachedIsAnOutcome(boolean hasPush, String reason) {
        // Given
        DirectDelivery delivery = new DirectDelivery(
                "app", DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("u1"), MESSAGE, hasPush ? PUSH : null);

        // When
        Decision decision = OnlineOrPush.decide(new KeptMessage(delivery, POSITION, List.of()), List.of(), NOW);

        // Then
        assertThat(decision.pushes()).isEmpty();
        assertThat(decision.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.userId()).isEqualTo("u1");
            assertThat(outcome.outcome()).isEqualTo(Kind.DROPPED);
            assertThat(outcome.reason()).isEqualTo(reason);
            assertThat(outcome.time()).isEqualTo(NOW);
        });
    }

    private static ToMailbox toMailbox(String text) {
        String[] parts = text.split(":", 2);
        List<String> devices = parts[1].isEmpty() ? List.of() : List.of(parts[1].split(","));
        return new ToMailbox(Integer.parseInt(parts[0]), DELIVERY, PLACE, devices);
    }

    private static List<PresenceEntry> sessions(String text) {
        return words(text).stream()
                .map(word -> word.split("@"))
                .map(parts -> new PresenceEntry(
                        "s-" + parts[0] + parts[1], Integer.parseInt(parts[1]), "node", parts[0], 1, ""))
                .toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}

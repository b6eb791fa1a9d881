package dev.fanfare.delivery.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxReader;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.push.PushFixture;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.ScriptedProvider;
import dev.fanfare.delivery.push.ScriptedProvider.Sent;
import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.delivery.recall.Recall;
import dev.fanfare.delivery.recall.RecalledMessages;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are taken back while they wait, are pushed, or were. */
@QuarkusTest
@TestProfile(RecallTest.WithText.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class RecallTest {

    private static final String TEXT = "A message was recalled";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Routing, a provider, and a text for recalled messages. */
    public static class WithText extends RoutingProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            Set<Class<?>> all = new HashSet<>(super.getEnabledAlternatives());
            all.add(ScriptedProvider.One.class);
            return all;
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("fanfare.push.recalled-text", TEXT);
            config.put("fanfare.push.retry.delays", "PT0.3S,PT0.4S,PT0.5S,PT0.6S");
            return config;
        }
    }

    @Inject
    RecordingSessions sessions;

    @Inject
    HeldMailboxes mailboxes;

    @Inject
    Devices devices;

    @Inject
    InboxReader inboxes;

    @Inject
    RecalledMessages recalled;

    @Inject
    ScriptedProvider.One provider;

    private final RoutingFixture fixture = new RoutingFixture();

    @BeforeEach
    void waitForAnAddress() {
        PushFixture.credential(fixture.app, "one", "key");
        await().until(() -> !mailboxes.isEmpty());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whoHasNotReadTheMessageReadsTheRecall() throws Exception {
        // Given
        String uid = RoutingFixture.uid();
        String other = RoutingFixture.uid();
        fixture.send(fixture.personal("u1", uid, null));
        fixture.send(fixture.personal("u1", other, null));
        fixture.send(fixture.personal("u2", uid, null));
        fixture.awaitOutcomes(uid, 4);
        SessionInfo session = sessions.connect(fixture.app, "u1");
        String recall = RoutingFixture.uid();

        // When
        fixture.send(recall("u1", recall, uid));

        // Then
        await().untilAsserted(() -> assertThat(sessions.received(session)).containsExactly(recall));
        assertThat(uidsOf("u1")).containsExactly(recall, other, recall);
        assertThat(uidsOf("u2")).containsExactly(uid);
    }

    @Test
    void aRecallOfWhatIsNotThereIsAMessageLikeOthers() throws Exception {
        // When
        String recall = RoutingFixture.uid();
        fixture.send(recall("u1", recall, RoutingFixture.uid()));

        // Then
        assertThat(fixture.awaitOutcome(recall)).isEqualTo(Kind.DROPPED);
        assertThat(uidsOf("u1")).containsExactly(recall);
    }

    @Test
    void aPushThatWaitsIsDroppedAndNothingIsShown() throws Exception {
        // Given: the provider asks to come again
        fixture.register(devices, "u1", "phone", "one");
        String uid = RoutingFixture.uid();
        for (int i = 0; i < 3; i++) {
            provider.willAnswer(fixture.app, new PushResult.Unavailable("later", null, PushResult.Scope.PUSH));
        }
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));
        await().until(() -> provider.sentTo(fixture.app).size() == 1);

        // When
        String recall = RoutingFixture.uid();
        fixture.send(recall("u1", recall, uid));

        // Then
        assertThat(fixture.awaitOutcomes(uid, 2))
                .extracting(DeliveryOutcome::outcome, DeliveryOutcome::reason)
                .contains(tuple(Kind.DROPPED, "the message was recalled"));
        assertThat(fixture.awaitOutcomes(recall, 2))
                .extracting(DeliveryOutcome::outcome, DeliveryOutcome::reason)
                .contains(tuple(Kind.DROPPED, "the device was not pushed to before the recall"));
        assertThat(provider.sentTo(fixture.app)).extracting(Sent::body).doesNotContain(TEXT);
    }

    @Test
    void aPushThatIsShownIsReplacedOnTheDevicesThatShowIt() throws Exception {
        // Given
        fixture.register(devices, "u1", "phone", "one");
        String uid = RoutingFixture.uid();
        fixture.send(fixture.personal("u1", uid, RoutingFixture.PUSH));
        assertThat(fixture.awaitOutcome(uid)).isEqualTo(Kind.PUSHED);
        fixture.register(devices, "u1", "tablet", "one");
        String recall = RoutingFixture.uid();

        // When: twice, as after a crash
        fixture.send(recall("u1", recall, uid));
        fixture.send(recall("u1", recall, uid));

        // Then
        assertThat(fixture.awaitOutcomes(recall, 6))
                .extracting(DeliveryOutcome::deviceId, DeliveryOutcome::outcome)
                .containsExactlyInAnyOrder(
                        tuple(null, Kind.STORED),
                        tuple("phone", Kind.PUSHED),
                        tuple("tablet", Kind.DROPPED),
                        tuple(null, Kind.STORED),
                        tuple("phone", Kind.PUSHED),
                        tuple("tablet", Kind.DROPPED));
        assertThat(provider.sentTo(fixture.app))
                .extracting(Sent::device, Sent::body, Sent::uid)
                .containsExactly(tuple("phone", "hello", uid), tuple("phone", TEXT, uid));
    }

    @Test
    void whatIsForAllUsersEndsWhereItIsAndWhatIsShownIsReplaced() throws Exception {
        // Given
        fixture.register(devices, "u1", "phone", "one");
        fixture.register(devices, "u2", "phone", "one");
        String uid = RoutingFixture.uid();
        fixture.sendInBulk(fixture.chunk(DeliveryPolicy.PUSH_ALL, List.of("u1"), uid, RoutingFixture.PUSH));
        await().until(() -> provider.sentTo(fixture.app).size() == 1);
        fixture.awaitOutcomes(uid, 1);
        recalled.add(List.of(new Recall(new MessageKey(fixture.app, uid), Optional.empty())))
                .await()
                .atMost(PATIENCE);

        // When
        fixture.sendInBulk(fixture.chunk(DeliveryPolicy.PUSH_ALL, List.of("u2"), uid, RoutingFixture.PUSH));
        fixture.sendInBulk(fixture.personal("u3", uid, RoutingFixture.PUSH));
        String recall = RoutingFixture.uid();
        DirectDelivery chunk = fixture.chunk(DeliveryPolicy.PUSH_ALL, List.of("u1", "u2"), recall, null);
        fixture.sendInBulk(
                new DirectDelivery(fixture.app, chunk.policy(), chunk.userIds(), recallMessage(recall), null, uid));

        // Then
        assertThat(fixture.awaitOutcomes(recall, 2))
                .extracting(DeliveryOutcome::userId, DeliveryOutcome::outcome)
                .containsExactlyInAnyOrder(tuple("u1", Kind.PUSHED), tuple("u2", Kind.DROPPED));
        assertThat(provider.sentTo(fixture.app))
                .extracting(Sent::user, Sent::body, Sent::uid)
                .containsExactly(tuple("u1", "hello", uid), tuple("u1", TEXT, uid));
        assertThat(fixture.outcomes(uid))
                .filteredOn(outcome -> outcome.messageUID().equals(uid))
                .extracting(DeliveryOutcome::userId, DeliveryOutcome::outcome)
                .containsExactlyInAnyOrder(tuple("u1", Kind.PUSHED), tuple("u3", Kind.DROPPED));
        assertThat(uidsOf("u3")).isEmpty();
    }

    private DirectDelivery recall(String user, String uid, String recalledUid) {
        return new DirectDelivery(
                fixture.app, DeliveryPolicy.ONLINE_ELSE_PUSH, List.of(user), recallMessage(uid), null, recalledUid);
    }

    private static ClientMessage recallMessage(String uid) {
        return new ClientMessage(
                uid, ConversationType.SYSTEM, "sys", "sys", "RC:RcCmd", "{}", System.currentTimeMillis(), null);
    }

    /** The ids in the data that a device of the user reads which has read nothing. */
    private List<String> uidsOf(String user) {
        UserKey key = new UserKey(fixture.app, user);
        long epoch = inboxes.state(new DeviceRef(fixture.app, user, "any"))
                .await()
                .atMost(PATIENCE)
                .end()
                .epoch();
        Uni<List<InboxMessage>> all = inboxes.after(key, new InboxPosition(epoch, 0), 1_000_000);
        return all.await().atMost(PATIENCE).stream()
                .map(message -> new String(message.data(), StandardCharsets.UTF_8))
                .map(data -> data.replaceAll(".*\"messageUID\":\"([^\"]+)\".*", "$1"))
                .toList();
    }
}

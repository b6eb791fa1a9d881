package dev.fanfare.delivery.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis goes away and comes back empty. */
@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class RedisLossTest {

    @Inject
    RecordingSessions sessions;

    @Inject
    HeldMailboxes mailboxes;

    private final RoutingFixture fixture = new RoutingFixture();

    @BeforeEach
    void waitForAnAddress() {
        await().until(() -> !mailboxes.isEmpty());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void personalMessagesWaitAndNobodyWhoIsOnlineIsPushed() throws Exception {
        // Given
        List<SessionInfo> before = IntStream.range(0, 50)
                .mapToObj(i -> sessions.connect(fixture.app, "u" + i))
                .toList();
        TestInfrastructure.shared().stopRedis();
        SessionInfo meanwhile = sessions.connectUnannounced(fixture.app, "meanwhile", null);
        String toOffline = RoutingFixture.uid();
        List<String> uids = before.stream().map(session -> RoutingFixture.uid()).toList();
        for (int i = 0; i < uids.size(); i++) {
            fixture.send(fixture.personal(before.get(i).userId(), uids.get(i), RoutingFixture.PUSH));
        }
        String toMeanwhile = RoutingFixture.uid();
        fixture.send(fixture.personal("meanwhile", toMeanwhile, RoutingFixture.PUSH));
        fixture.send(fixture.personal("offline", toOffline, RoutingFixture.PUSH));

        // When
        TestInfrastructure.shared().startRedis();

        // Then
        Map<String, Kind> outcomes = fixture.awaitOutcomes(uids.size() + 2);
        assertThat(outcomes).containsEntry(toOffline, Kind.PUSHED).containsEntry(toMeanwhile, Kind.DELIVERED);
        assertThat(sessions.received(meanwhile)).containsExactly(toMeanwhile);
        for (int i = 0; i < uids.size(); i++) {
            assertThat(outcomes).containsEntry(uids.get(i), Kind.DELIVERED);
            assertThat(sessions.received(before.get(i))).containsExactly(uids.get(i));
        }
        assertThat(fixture.pushJobs(fixture.app)).extracting(PushJob::userId).containsExactly("offline");
    }
}

package dev.fanfare.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.fanfare.delivery.mailbox.RoutingProfile;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.node.RedisPipeline;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Two nodes at the same Redis. */
@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class NewcomersTest {

    private static final int USERS = 500;

    @Inject
    RedisPipeline redis;

    @Inject
    PresenceConfig config;

    private final String app = "app-" + UUID.randomUUID();

    private final class Node implements Newcomers {

        private final Map<String, List<PresenceEntry>> seen = new ConcurrentHashMap<>();
        private final OwnSessions sessions;

        Node() {
            HeldMailboxes mailboxes = new HeldMailboxes();
            mailboxes.add(List.of(0));
            sessions = new OwnSessions(
                    new PresenceWriter(redis, mailboxes, new NodeIdentity(), config, new SimpleMeterRegistry()),
                    mailboxes,
                    this);
        }

        @Override
        public boolean concern(SessionInfo newcomer) {
            return true;
        }

        @Override
        public void announced(SessionInfo newcomer, List<PresenceEntry> entries) {
            seen.put(newcomer.userId(), entries);
        }

        void connect(String session, int user, long connectedAt) {
            sessions.add(new SessionInfo(session + user, app, "u" + user, "phone", connectedAt));
        }
    }

    @Test
    void ofTwoThatComeAtTheSameTimeExactlyOneSeesTheOther() {
        // Given
        Node one = new Node();
        Node two = new Node();

        // When
        for (int i = 0; i < USERS; i++) {
            one.connect("a", i, 1);
            two.connect("b", i, 1);
        }

        // Then
        await().until(() -> one.seen.size() == USERS && two.seen.size() == USERS);
        assertThat(one.seen)
                .allSatisfy((user, entries) ->
                        assertThat(entries.size() + two.seen.get(user).size()).isEqualTo(3));
    }

    @Test
    void theEntriesAreThoseOfTheUserTheLatestFirst() {
        // Given
        Node node = new Node();
        node.connect("early", 1, 10);
        node.connect("late", 1, 30);
        node.connect("other", 2, 20);

        // When
        node.connect("newcomer", 1, 20);

        // Then
        await().untilAsserted(() -> assertThat(node.seen.get("u1"))
                .extracting(PresenceEntry::sessionId, PresenceEntry::device, PresenceEntry::connectedAt)
                .containsExactly(
                        tuple("late1", "phone", 30L), tuple("newcomer1", "phone", 20L), tuple("early1", "phone", 10L)));
    }
}

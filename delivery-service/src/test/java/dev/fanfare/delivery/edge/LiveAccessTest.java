package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.delivery.access.ConnectAccess;
import dev.fanfare.delivery.access.Standing;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of those who are connected when their access becomes stricter. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class LiveAccessTest {

    private static final Duration PROMISE = Duration.ofSeconds(1);
    private static final int EXPIRED = 3005;
    private static final int BLOCKED = 4502;

    @Inject
    EdgeServer server;

    @Inject
    ConnectAccess access;

    private final EdgeFixture fixture = new EdgeFixture();
    private final List<EdgeClient> clients = new ArrayList<>();

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        clients.forEach(EdgeClient::close);
        fixture.close();
    }

    @Test
    void anExpiryCutsEverySessionOfTheUserAndNobodyElse() throws Exception {
        // Given
        EdgeClient phone = connected(fixture.token("tom"));
        EdgeClient tablet = connected(fixture.token("tom"));
        EdgeClient rose = connected(fixture.token("rose"));

        // When
        Instant told = Instant.now();
        tell(new UserAccess(fixture.app, "tom", System.currentTimeMillis() + 1, 0, 1));

        // Then
        assertThat(List.of(phone.closeCode(), tablet.closeCode())).containsOnly(EXPIRED);
        assertThat(Duration.between(told, Instant.now())).isLessThan(PROMISE);
        staysConnected(rose);
    }

    @Test
    void aSessionWithATokenFromAfterTheCutStays() throws Exception {
        // Given
        long cut = System.currentTimeMillis();
        await().until(() -> System.currentTimeMillis() > cut);
        EdgeClient tom = connected(fixture.token("tom"));

        // When
        tell(new UserAccess(fixture.app, "tom", cut, 0, 1));

        // Then
        staysConnected(tom);
    }

    @Test
    void aRefreshedSessionIsJudgedByItsNewToken() throws Exception {
        // Given
        EdgeClient tom = connected(fixture.token("tom"));
        long cut = System.currentTimeMillis() + 1;
        await().until(() -> System.currentTimeMillis() >= cut);
        tom.send("{\"id\":2,\"refresh\":{\"token\":\"" + fixture.token("tom") + "\"}}");
        assertThat(tom.next().has("refresh")).isTrue();

        // When
        tell(new UserAccess(fixture.app, "tom", cut, 0, 1));

        // Then
        staysConnected(tom);
    }

    @Test
    void aBlockCutsTheSessionForGood() throws Exception {
        // Given
        EdgeClient tom = connected(fixture.token("tom"));

        // When
        Instant told = Instant.now();
        tell(new UserAccess(fixture.app, "tom", 0, System.currentTimeMillis() + 60_000, 1));

        // Then
        assertThat(tom.closeCode()).isEqualTo(BLOCKED);
        assertThat(Duration.between(told, Instant.now())).isLessThan(PROMISE);
    }

    @Test
    void whoComesInWhileTheRecordComesIsCutToo() throws Exception {
        // Given
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(fixture.token("tom"));
        }
        List<CompletableFuture<EdgeClient>> coming = new ArrayList<>();

        // When
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            coming.add(CompletableFuture.supplyAsync(() -> {
                EdgeClient client = new EdgeClient(server.address());
                client.send("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
                return client;
            }));
            if (i == tokens.size() / 2) {
                tell(new UserAccess(fixture.app, "tom", 0, System.currentTimeMillis() + 60_000, 1));
            }
        }

        // Then
        for (CompletableFuture<EdgeClient> client : coming) {
            clients.add(client.join());
            assertThat(client.join().closeCode()).isEqualTo(BLOCKED);
        }
    }

    private EdgeClient connected(String token) throws Exception {
        EdgeClient client = new EdgeClient(server.address());
        clients.add(client);
        assertThat(client.connect(token).has("connect")).isTrue();
        return client;
    }

    private void staysConnected(EdgeClient client) throws Exception {
        ClientMessage message = fixture.broadcast("still here");
        assertThat(client.nextPublication("broadcast")
                        .path("data")
                        .path("messageUID")
                        .asText())
                .isEqualTo(message.messageUID());
    }

    private void tell(UserAccess told) throws Exception {
        fixture.kafka.send(new ProducerRecord<>(
                Topic.USER_ACCESS.topicName(), RecordKey.ofUser(told.appKey(), told.userId()), Json.write(told)));
        await().until(() -> access.standing(told.appKey(), told.userId(), 0) != Standing.GOOD);
    }
}

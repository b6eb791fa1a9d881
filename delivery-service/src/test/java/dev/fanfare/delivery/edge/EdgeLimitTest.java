package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that names itself has one session. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class EdgeLimitTest {

    @Inject
    EdgeServer server;

    @Inject
    HeldMailboxes mailboxes;

    private final EdgeFixture fixture = new EdgeFixture();

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null && !mailboxes.isEmpty());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theNewerOneReplacesTheOlder() throws Exception {
        try (EdgeClient older = new EdgeClient(server.address());
                EdgeClient tablet = new EdgeClient(server.address());
                EdgeClient newer = new EdgeClient(server.address())) {
            // Given
            connect(older, "phone");
            connect(tablet, "tablet");

            // When
            connect(newer, "phone");

            // Then
            assertThat(older.closeCode()).isEqualTo(4501);
            ClientMessage message = fixture.broadcast("hello");
            for (EdgeClient open : new EdgeClient[] {tablet, newer}) {
                assertThat(open.nextPublication("broadcast")
                                .path("data")
                                .path("messageUID")
                                .asText())
                        .isEqualTo(message.messageUID());
            }
        }
    }

    private void connect(EdgeClient client, String device) throws Exception {
        client.send("{\"id\":1,\"connect\":{\"token\":\"" + fixture.token("u1") + "\",\"data\":{\"deviceId\":\""
                + device + "\"}}}");
        assertThat(client.next().has("connect")).isTrue();
    }
}

package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients say on their sessions by which token their device is reached. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class DeviceCallsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String REGISTER = "{\"id\":2,\"rpc\":{\"method\":\"registerDevice\",\"data\":"
            + "{\"provider\":\"fcm\",\"token\":\"t1\",\"timeZone\":\"Asia/Shanghai\"}}}";

    @Inject
    EdgeServer server;

    @Inject
    Devices devices;

    private final EdgeFixture fixture = new EdgeFixture();

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aClientRegistersItsDeviceAndTakesItBack() throws Exception {
        try (EdgeClient client = connect("u1", "phone")) {
            // When
            client.send(REGISTER);

            // Then
            assertThat(client.next().path("rpc").path("data").path("ok").asInt())
                    .isEqualTo(1);
            Device phone = devicesOf("u1").get(0);
            assertThat(phone.deviceId()).isEqualTo("phone");
            assertThat(phone.provider()).isEqualTo("fcm");
            assertThat(phone.token()).isEqualTo(Secret.of("t1"));
            assertThat(phone.timeZone()).isEqualTo("Asia/Shanghai");

            // When: the user logs out
            client.send("{\"id\":3,\"rpc\":{\"method\":\"unregisterDevice\"}}");

            // Then
            assertThat(client.next().path("rpc").path("data").path("ok").asInt())
                    .isEqualTo(1);
            assertThat(devicesOf("u1")).isEmpty();
        }
    }

    @Test
    void theNextUserOfAPhoneTakesItsToken() throws Exception {
        try (EdgeClient first = connect("u1", "phone");
                EdgeClient second = connect("u2", "phone")) {
            // Given
            first.send(REGISTER);
            first.next();

            // When
            second.send(REGISTER);
            second.next();

            // Then
            assertThat(devicesOf("u1")).isEmpty();
            assertThat(devicesOf("u2")).hasSize(1);
        }
    }

    @Test
    void aUserOfAnotherAppTakesNoTokenAndNoDevice() throws Exception {
        try (EdgeFixture other = new EdgeFixture();
                EdgeClient ours = connect("u1", "phone");
                EdgeClient theirs = connectWith(other.token("u1"), "phone")) {
            // Given
            ours.send(REGISTER);
            ours.next();

            // When
            theirs.send(REGISTER);
            theirs.next();
            theirs.send("{\"id\":3,\"rpc\":{\"method\":\"unregisterDevice\"}}");
            theirs.next();

            // Then
            assertThat(devicesOf("u1")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"registerDevice", "unregisterDevice"})
    void aSessionThatDidNotNameItsDeviceHasNone(String method) throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            client.connect(fixture.token("u1"));

            // When
            client.send("{\"id\":2,\"rpc\":{\"method\":\"" + method
                    + "\",\"data\":{\"provider\":\"fcm\",\"token\":\"t1\"}}}");

            // Then
            JsonNode error = client.next().path("error");
            assertThat(error.path("code").asInt()).isEqualTo(107);
            assertThat(error.path("message").asText()).contains("deviceId");
            assertThat(devicesOf("u1")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"data\":{}", ",\"data\":[]", ",\"data\":{\"provider\":\"pigeon\",\"token\":\"t\"}"})
    void aBadRegistrationIsRefusedWithItsReason(String data) throws Exception {
        try (EdgeClient client = connect("u1", "phone")) {
            // When
            client.send("{\"id\":2,\"rpc\":{\"method\":\"registerDevice\"" + data + "}}");

            // Then
            JsonNode error = client.next().path("error");
            assertThat(error.path("code").asInt()).isEqualTo(107);
            assertThat(error.path("message").asText()).containsAnyOf("JSON object", "provider must be");
            assertThat(devicesOf("u1")).isEmpty();
        }
    }

    @Test
    void whoCallsWithoutWaitingIsAskedToWait() throws Exception {
        try (EdgeClient client = connect("u1", "phone")) {
            // When
            client.send(REGISTER + "\n" + REGISTER.replace("\"id\":2", "\"id\":3"));

            // Then
            List<JsonNode> replies = List.of(client.next(), client.next());
            assertThat(replies)
                    .filteredOn(reply -> reply.path("error").path("code").asInt() == 111
                            && reply.path("error").path("temporary").asBoolean())
                    .extracting(reply -> reply.path("id").asInt())
                    .containsExactly(3);

            // When: it waited
            client.send(REGISTER.replace("\"id\":2", "\"id\":4"));

            // Then
            assertThat(client.next().has("rpc")).isTrue();
        }
    }

    @Test
    void whilePostgresIsAwayAClientIsToldToTryAgain() throws Exception {
        try (EdgeClient client = connect("u1", "phone")) {
            // Given
            TestInfrastructure.shared().stopPostgres();
            try {
                // When
                client.send(REGISTER);

                // Then
                JsonNode error = client.next().path("error");
                assertThat(error.path("code").asInt()).isEqualTo(100);
                assertThat(error.path("temporary").asBoolean()).isTrue();
            } finally {
                TestInfrastructure.shared().startPostgres();
            }
        }
    }

    private EdgeClient connect(String user, String device) throws Exception {
        return connectWith(fixture.token(user), device);
    }

    private EdgeClient connectWith(String token, String device) throws Exception {
        EdgeClient client = new EdgeClient(server.address());
        client.send("{\"id\":1,\"connect\":{\"token\":\"" + token + "\",\"data\":{\"deviceId\":\"" + device + "\"}}}");
        assertThat(client.next().has("connect")).isTrue();
        return client;
    }

    private List<Device> devicesOf(String user) {
        return devices.list(new UserKey(fixture.app, user)).await().atMost(LIMIT);
    }
}

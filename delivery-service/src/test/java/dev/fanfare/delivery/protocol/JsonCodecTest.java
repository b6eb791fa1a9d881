package dev.fanfare.delivery.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fanfare.delivery.protocol.ClientCommand.Connect;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import dev.fanfare.delivery.protocol.Codec.BadFrameException;
import dev.fanfare.delivery.protocol.ServerReply.Publication;
import dev.fanfare.delivery.protocol.ServerReply.Subscription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    @Test
    void readsTheConnectCommandOfTheSdk() throws Exception {
        // Given: what centrifuge-js sends on a reconnect
        String frame = "{\"id\":1,\"connect\":{\"token\":\"T\",\"name\":\"js\",\"data\":{\"deviceId\":\"d1\"},"
                + "\"subs\":{\"broadcast\":{\"recover\":true,\"epoch\":\"e7\",\"offset\":41},\"#u1\":{}}}}";

        // When
        List<ClientCommand> commands = Codec.JSON.decode(frame.getBytes(UTF_8));

        // Then
        Connect connect = (Connect) commands.get(0);
        assertThat(connect.id()).isEqualTo(1);
        assertThat(connect.token()).isEqualTo("T");
        assertThat(new String(connect.data(), UTF_8)).isEqualTo("{\"deviceId\":\"d1\"}");
        assertThat(connect.positions()).isEqualTo(Map.of("broadcast", new Position("e7", 41)));
    }

    @Test
    void readsAZeroPositionThatTheSdkLeftOut() throws Exception {
        // Given
        String frame = "{\"id\":1,\"connect\":{\"subs\":{\"broadcast\":{\"recover\":true}}}}";

        // When
        Connect connect = (Connect) Codec.JSON.decode(frame.getBytes(UTF_8)).get(0);

        // Then
        assertThat(connect.positions()).isEqualTo(Map.of("broadcast", new Position("", 0)));
        assertThat(connect.token()).isEmpty();
    }

    @Test
    void readsSeveralCommandsOfOneFrame() throws Exception {
        // Given
        String frame =
                "{}\n{\"id\":2,\"rpc\":{\"method\":\"ack\",\"data\":{\"uids\":[\"A\"]}}}\n{\"send\":{\"data\":{}}}\n"
                        + "{\"id\":3,\"refresh\":{\"token\":\"T2\"}}\n{\"id\":4,\"subscribe\":{\"channel\":\"x\"}}\n{\"id\":5,\"fly\":{}}";

        // When
        List<ClientCommand> commands = Codec.JSON.decode(frame.getBytes(UTF_8));

        // Then
        assertThat(commands.get(0)).isEqualTo(new ClientCommand.Pong());
        assertThat(((ClientCommand.Rpc) commands.get(1)).method()).isEqualTo("ack");
        assertThat(((ClientCommand.Rpc) commands.get(1)).data()).isEqualTo("{\"uids\":[\"A\"]}".getBytes(UTF_8));
        assertThat(commands.subList(2, 6))
                .containsExactly(
                        new ClientCommand.Send(),
                        new ClientCommand.Refresh(3, "T2"),
                        new ClientCommand.NotAvailable(4),
                        new ClientCommand.Unknown(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "{", "{\"id\":1,\"connect\":7}", "{\"id\":1}x", "\u0000"})
    void refusesWhatIsNoCommand(String frame) {
        assertThatExceptionOfType(BadFrameException.class).isThrownBy(() -> Codec.JSON.decode(frame.getBytes(UTF_8)));
    }

    @Test
    void writesTheConnectReply() {
        // Given
        var positioned = new Subscription.Positioned(
                "broadcast", "e7", 43, true, true, List.of(new Publication(42, "{\"a\":1}".getBytes(UTF_8))));

        // When
        String reply = json(new ServerReply.Connected(
                1, "c-9f", 3600, 25, List.of(positioned, new Subscription.Live("#u1")), null));

        // Then
        assertThat(reply)
                .isEqualTo("{\"id\":1,\"connect\":{\"client\":\"c-9f\",\"expires\":true,\"ttl\":3600,\"ping\":25,"
                        + "\"pong\":true,\"subs\":{\"broadcast\":{\"recoverable\":true,\"positioned\":true,"
                        + "\"epoch\":\"e7\",\"offset\":43,\"was_recovering\":true,\"recovered\":true,"
                        + "\"publications\":[{\"offset\":42,\"data\":{\"a\":1}}]},\"#u1\":{}}}}");
    }

    @Test
    void writesPublicationsErrorsAndResults() {
        assertThat(json(new ServerReply.Published("broadcast", new Publication(8, "{\"a\":1}".getBytes(UTF_8)))))
                .isEqualTo("{\"push\":{\"channel\":\"broadcast\",\"pub\":{\"offset\":8,\"data\":{\"a\":1}}}}");
        assertThat(json(new ServerReply.Published("#u\"1", new Publication(0, "{}".getBytes(UTF_8)))))
                .isEqualTo("{\"push\":{\"channel\":\"#u\\\"1\",\"pub\":{\"data\":{}}}}");
        assertThat(json(new ServerReply.Repositioned("#u1", "e7", 8)))
                .isEqualTo("{\"push\":{\"channel\":\"#u1\",\"subscribe\":{\"recoverable\":true,\"positioned\":true,"
                        + "\"epoch\":\"e7\",\"offset\":8}}}");
        assertThat(json(new ServerReply.Failed(3, ErrorCode.TOKEN_EXPIRED)))
                .isEqualTo("{\"id\":3,\"error\":{\"code\":109,\"message\":\"token expired\"}}");
        assertThat(json(new ServerReply.Refreshed(3, "c", 60)))
                .isEqualTo("{\"id\":3,\"refresh\":{\"client\":\"c\",\"expires\":true,\"ttl\":60}}");
        assertThat(json(new ServerReply.RpcResult(2, "{\"ok\":1}".getBytes(UTF_8))))
                .isEqualTo("{\"id\":2,\"rpc\":{\"data\":{\"ok\":1}}}");
        assertThat(new String(Codec.JSON.ping(), UTF_8)).isEqualTo("{}");
    }

    private static String json(ServerReply reply) {
        return new String(Codec.JSON.encode(reply), UTF_8);
    }
}

package dev.fanfare.delivery.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.fanfare.delivery.protocol.ClientCommand.Connect;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import dev.fanfare.delivery.protocol.ServerReply.Publication;
import dev.fanfare.delivery.protocol.ServerReply.Subscription;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Field numbers are written down here again, from client.proto, so that a wrong one in the codec shows. */
class ProtobufCodecTest {

    @Test
    void readsTheConnectCommandOfTheSdk() throws Exception {
        // Given
        UnknownFieldSet request = message(3, varint(1), 6, text("e7"), 7, varint(41));
        UnknownFieldSet sub = message(1, text("broadcast"), 2, nested(request));
        UnknownFieldSet connect =
                message(1, text("T"), 2, text("{\"deviceId\":\"d1\"}"), 3, nested(sub), 4, text("java"));
        UnknownFieldSet command = message(1, varint(1), 4, nested(connect));

        // When
        List<ClientCommand> commands = Codec.PROTOBUF.decode(frame(command));

        // Then
        Connect read = (Connect) commands.get(0);
        assertThat(read.id()).isEqualTo(1);
        assertThat(read.token()).isEqualTo("T");
        assertThat(new String(read.data(), UTF_8)).isEqualTo("{\"deviceId\":\"d1\"}");
        assertThat(read.positions()).isEqualTo(Map.of("broadcast", new Position("e7", 41)));
    }

    @Test
    void readsSeveralCommandsOfOneFrame() throws Exception {
        // Given: pong, rpc, refresh, subscribe, and a field of a later version of the protocol
        byte[] frame = frame(
                message(),
                message(1, varint(2), 13, nested(message(1, text("{}"), 2, text("ack")))),
                message(1, varint(3), 14, nested(message(1, text("T2")))),
                message(1, varint(4), 5, nested(message(1, text("x")))),
                message(1, varint(5), 99, nested(message())),
                message(12, nested(message(1, text("{}")))));

        // When
        List<ClientCommand> commands = Codec.PROTOBUF.decode(frame);

        // Then
        assertThat(commands.get(0)).isEqualTo(new ClientCommand.Pong());
        assertThat(((ClientCommand.Rpc) commands.get(1)).method()).isEqualTo("ack");
        assertThat(commands.subList(2, 6))
                .containsExactly(
                        new ClientCommand.Refresh(3, "T2"),
                        new ClientCommand.NotAvailable(4),
                        new ClientCommand.Unknown(5),
                        new ClientCommand.Send());
    }

    @Test
    void writesTheConnectReply() throws Exception {
        // Given
        var positioned = new Subscription.Positioned(
                "broadcast", "e7", 43, true, true, List.of(new Publication(42, "{\"a\":1}".getBytes(UTF_8))));

        // When
        UnknownFieldSet reply = read(new ServerReply.Connected(
                1, "c-9f", 3600, 25, List.of(positioned, new Subscription.Live("#u1")), null));

        // Then
        assertThat(number(reply, 1)).isEqualTo(1);
        UnknownFieldSet connect = nested(reply, 5);
        assertThat(string(connect, 1)).isEqualTo("c-9f");
        assertThat(number(connect, 3)).isEqualTo(1);
        assertThat(number(connect, 4)).isEqualTo(3600);
        assertThat(number(connect, 7)).isEqualTo(25);
        assertThat(number(connect, 8)).isEqualTo(1);
        UnknownFieldSet entry = nested(connect, 6);
        assertThat(string(entry, 1)).isEqualTo("broadcast");
        UnknownFieldSet sub = nested(entry, 2);
        assertThat(number(sub, 3)).isEqualTo(1);
        assertThat(string(sub, 6)).isEqualTo("e7");
        assertThat(number(sub, 8)).isEqualTo(1);
        assertThat(number(sub, 9)).isEqualTo(43);
        assertThat(number(sub, 10)).isEqualTo(1);
        assertThat(number(sub, 12)).isEqualTo(1);
        UnknownFieldSet publication = nested(sub, 7);
        assertThat(string(publication, 4)).isEqualTo("{\"a\":1}");
        assertThat(number(publication, 6)).isEqualTo(42);
        assertThat(connect.getField(6).getLengthDelimitedList()).hasSize(2);
    }

    @Test
    void writesPublicationsErrorsAndResults() throws Exception {
        UnknownFieldSet push =
                nested(read(new ServerReply.Published("#u1", new Publication(8, "{}".getBytes(UTF_8)))), 4);
        assertThat(string(push, 2)).isEqualTo("#u1");
        assertThat(string(nested(push, 4), 4)).isEqualTo("{}");
        assertThat(number(nested(push, 4), 6)).isEqualTo(8);

        UnknownFieldSet moved = nested(read(new ServerReply.Repositioned("#u1", "e7", 8)), 4);
        assertThat(string(moved, 2)).isEqualTo("#u1");
        assertThat(number(nested(moved, 9), 1)).isEqualTo(1);
        assertThat(string(nested(moved, 9), 4)).isEqualTo("e7");
        assertThat(number(nested(moved, 9), 5)).isEqualTo(8);
        assertThat(number(nested(moved, 9), 6)).isEqualTo(1);

        UnknownFieldSet failed = read(new ServerReply.Failed(3, ErrorCode.INTERNAL));
        assertThat(number(failed, 1)).isEqualTo(3);
        assertThat(number(nested(failed, 2), 1)).isEqualTo(100);
        assertThat(string(nested(failed, 2), 2)).isEqualTo("internal server error");
        assertThat(number(nested(failed, 2), 3)).isEqualTo(1);

        UnknownFieldSet refreshed = nested(read(new ServerReply.Refreshed(3, "c", 60)), 14);
        assertThat(string(refreshed, 1)).isEqualTo("c");
        assertThat(number(refreshed, 4)).isEqualTo(60);

        UnknownFieldSet result = nested(read(new ServerReply.RpcResult(2, "{}".getBytes(UTF_8))), 13);
        assertThat(string(result, 1)).isEqualTo("{}");

        assertThat(Codec.PROTOBUF.ping()).containsExactly(0);
    }

    private static UnknownFieldSet message(Object... fields) {
        UnknownFieldSet.Builder message = UnknownFieldSet.newBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            message.addField((Integer) fields[i], (Field) fields[i + 1]);
        }
        return message.build();
    }

    private static Field varint(long value) {
        return Field.newBuilder().addVarint(value).build();
    }

    private static Field text(String value) {
        return Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(value))
                .build();
    }

    private static Field nested(UnknownFieldSet value) {
        return Field.newBuilder().addLengthDelimited(value.toByteString()).build();
    }

    private static byte[] frame(UnknownFieldSet... messages) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        for (UnknownFieldSet message : messages) {
            message.writeDelimitedTo(frame);
        }
        return frame.toByteArray();
    }

    private static UnknownFieldSet read(ServerReply reply) throws IOException {
        UnknownFieldSet.Builder message = UnknownFieldSet.newBuilder();
        ByteArrayInputStream in = new ByteArrayInputStream(Codec.PROTOBUF.encode(reply));
        message.mergeDelimitedFrom(in);
        assertThat(in.available()).isZero();
        return message.build();
    }

    private static long number(UnknownFieldSet message, int field) {
        return message.getField(field).getVarintList().get(0);
    }

    private static String string(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
    }

    private static UnknownFieldSet nested(UnknownFieldSet message, int field) throws IOException {
        return UnknownFieldSet.parseFrom(
                message.getField(field).getLengthDelimitedList().get(0));
    }
}

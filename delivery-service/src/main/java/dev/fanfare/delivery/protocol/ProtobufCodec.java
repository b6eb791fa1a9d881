package dev.fanfare.delivery.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import dev.fanfare.delivery.protocol.ServerReply.Publication;
import dev.fanfare.delivery.protocol.ServerReply.Subscription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Protobuf: messages with their length before them, several a frame. Written against the tags of {@code client.proto}
 * rather than with generated classes: a session needs five commands and five replies of its fifty messages, and a
 * publication's bytes go in without a copy of an object tree.
 */
final class ProtobufCodec implements Codec {

    private static final byte[] PING = {0};
    private static final byte[] NO_DATA = {};

    /** A message body to be written inside another. */
    private interface Body {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    @Override
    public List<ClientCommand> decode(byte[] frame) throws BadFrameException {
        List<ClientCommand> commands = new ArrayList<>(1);
        try {
            CodedInputStream in = CodedInputStream.newInstance(frame);
            while (!in.isAtEnd()) {
                int limit = in.pushLimit(in.readRawVarint32());
                commands.add(command(in));
                in.checkLastTagWas(0);
                in.popLimit(limit);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BadFrameException(e);
        }
        return commands;
    }

    private static ClientCommand command(CodedInputStream in) throws IOException {
        int id = 0;
        int method = 0;
        byte[] body = NO_DATA;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == Tags.COMMAND_ID) {
                id = in.readUInt32();
            } else if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                method = field;
                body = in.readByteArray();
            } else {
                in.skipField(tag);
            }
        }
        return switch (method) {
            case 0 -> id == 0 ? new ClientCommand.Pong() : new ClientCommand.Unknown(id);
            case Tags.COMMAND_CONNECT -> connect(id, CodedInputStream.newInstance(body));
            case Tags.REFRESH -> refresh(id, CodedInputStream.newInstance(body));
            case Tags.RPC -> rpc(id, CodedInputStream.newInstance(body));
            case Tags.SEND -> new ClientCommand.Send();
            default -> method <= Tags.LAST_COMMAND ? new ClientCommand.NotAvailable(id) : new ClientCommand.Unknown(id);
        };
    }

    private static ClientCommand connect(int id, CodedInputStream in) throws IOException {
        String token = "";
        byte[] data = NO_DATA;
        Map<String, Position> positions = new HashMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> token = in.readStringRequireUtf8();
                case 2 -> data = in.readByteArray();
                case 3 -> readSub(CodedInputStream.newInstance(in.readByteArray()), positions);
                default -> in.skipField(tag);
            }
        }
        return new ClientCommand.Connect(id, token, data, positions);
    }

    /** An entry of {@code map<string, SubscribeRequest>}. */
    private static void readSub(CodedInputStream in, Map<String, Position> positions) throws IOException {
        String channel = "";
        byte[] request = NO_DATA;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> channel = in.readStringRequireUtf8();
                case 2 -> request = in.readByteArray();
                default -> in.skipField(tag);
            }
        }
        boolean recover = false;
        String epoch = "";
        long offset = 0;
        CodedInputStream sub = CodedInputStream.newInstance(request);
        for (int tag = sub.readTag(); tag != 0; tag = sub.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 3 -> recover = sub.readBool();
                case 6 -> epoch = sub.readStringRequireUtf8();
                case 7 -> offset = sub.readUInt64();
                default -> sub.skipField(tag);
            }
        }
        if (recover) {
            positions.put(channel, new Position(epoch, offset));
        }
    }

    private static ClientCommand refresh(int id, CodedInputStream in) throws IOException {
        String token = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                token = in.readStringRequireUtf8();
            } else {
                in.skipField(tag);
            }
        }
        return new ClientCommand.Refresh(id, token);
    }

    private static ClientCommand rpc(int id, CodedInputStream in) throws IOException {
        byte[] data = NO_DATA;
        String method = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> data = in.readByteArray();
                case 2 -> method = in.readStringRequireUtf8();
                default -> in.skipField(tag);
            }
        }
        return new ClientCommand.Rpc(id, method, data);
    }

    @Override
    public byte[] ping() {
        return PING;
    }

    @Override
    public byte[] encode(ServerReply reply) {
        byte[] message = bytes(out -> write(reply, out));
        return bytes(out -> out.writeByteArrayNoTag(message));
    }

    private static void write(ServerReply reply, CodedOutputStream out) throws IOException {
        if (reply instanceof ServerReply.Published published) {
            writeMessage(out, Tags.REPLY_PUSH, push -> {
                push.writeString(2, published.channel());
                writeMessage(push, 4, pub -> write(published.publication(), pub));
            });
        } else if (reply instanceof ServerReply.Repositioned repositioned) {
            writeMessage(out, Tags.REPLY_PUSH, push -> {
                push.writeString(2, repositioned.channel());
                writeMessage(push, 9, subscribe -> {
                    subscribe.writeBool(1, true);
                    subscribe.writeString(4, repositioned.epoch());
                    subscribe.writeUInt64(5, repositioned.offset());
                    subscribe.writeBool(6, true);
                });
            });
        } else if (reply instanceof ServerReply.Connected connected) {
            out.writeUInt32(Tags.REPLY_ID, connected.id());
            writeMessage(out, Tags.REPLY_CONNECT, result -> write(connected, result));
        } else if (reply instanceof ServerReply.Failed failed) {
            out.writeUInt32(Tags.REPLY_ID, failed.id());
            writeMessage(out, Tags.REPLY_ERROR, error -> {
                error.writeUInt32(1, failed.error().code());
                error.writeString(2, failed.text());
                error.writeBool(3, failed.error().temporary());
            });
        } else if (reply instanceof ServerReply.Refreshed refreshed) {
            out.writeUInt32(Tags.REPLY_ID, refreshed.id());
            writeMessage(out, Tags.REFRESH, result -> {
                result.writeString(1, refreshed.client());
                result.writeBool(3, true);
                result.writeUInt32(4, (int) refreshed.ttlSeconds());
            });
        } else if (reply instanceof ServerReply.RpcResult result) {
            out.writeUInt32(Tags.REPLY_ID, result.id());
            writeMessage(out, Tags.RPC, body -> body.writeByteArray(1, result.data()));
        } else if (reply instanceof ServerReply.Disconnected disconnected) {
            writeMessage(
                    out,
                    Tags.REPLY_PUSH,
                    push -> writeMessage(push, 11, body -> {
                        body.writeUInt32(1, disconnected.code().code());
                        body.writeString(2, disconnected.code().reason());
                        body.writeBool(3, disconnected.code().reconnects());
                    }));
        }
    }

    private static void write(ServerReply.Connected connected, CodedOutputStream out) throws IOException {
        out.writeString(1, connected.client());
        out.writeBool(3, true);
        out.writeUInt32(4, (int) connected.ttlSeconds());
        for (Subscription subscription : connected.subscriptions()) {
            writeMessage(out, 6, entry -> {
                entry.writeString(1, subscription.channel());
                writeMessage(entry, 2, value -> {
                    if (subscription instanceof Subscription.Positioned positioned) {
                        write(positioned, value);
                    }
                });
            });
        }
        if (connected.pingSeconds() != 0) {
            out.writeUInt32(7, connected.pingSeconds());
            out.writeBool(8, true);
        }
        if (connected.emulation() != null) {
            out.writeString(9, connected.emulation().session());
            out.writeString(10, connected.emulation().node());
        }
    }

    private static void write(Subscription.Positioned channel, CodedOutputStream out) throws IOException {
        out.writeBool(3, true);
        out.writeString(6, channel.epoch());
        for (Publication publication : channel.publications()) {
            writeMessage(out, 7, pub -> write(publication, pub));
        }
        out.writeBool(8, channel.recovered());
        out.writeUInt64(9, channel.offset());
        out.writeBool(10, true);
        out.writeBool(12, channel.wasRecovering());
    }

    private static void write(Publication publication, CodedOutputStream out) throws IOException {
        out.writeByteArray(4, publication.data());
        out.writeUInt64(6, publication.offset());
    }

    private static void writeMessage(CodedOutputStream out, int field, Body body) throws IOException {
        out.writeByteArray(field, bytes(body));
    }

    private static byte[] bytes(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            body.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Field numbers of {@code Command} and {@code Reply}. */
    private static final class Tags {
        static final int COMMAND_ID = 1;
        static final int COMMAND_CONNECT = 4;
        static final int SEND = 12;
        static final int LAST_COMMAND = 15;

        static final int REPLY_ID = 1;
        static final int REPLY_ERROR = 2;
        static final int REPLY_PUSH = 4;
        static final int REPLY_CONNECT = 5;

        /** The same in a command and in its reply. */
        static final int RPC = 13;

        static final int REFRESH = 14;

        private Tags() {}
    }
}

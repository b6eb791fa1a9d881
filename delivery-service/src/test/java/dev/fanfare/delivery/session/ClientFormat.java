package dev.fanfare.delivery.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.window.StreamPosition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a client says and hears, in its format: written without the server's codecs, so that they are judged by it. */
enum ClientFormat {
    JSON(Wire.WEBSOCKET_JSON, 0x81) {
        @Override
        byte[] connect(String deviceId, StreamPosition known) {
            String subs = "";
            if (known != null) {
                String offset = known.offset() == 0 ? "" : ",\"offset\":" + known.offset();
                subs = ",\"subs\":{\"broadcast\":{\"recover\":true,\"epoch\":\"" + known.epoch() + "\"" + offset + "}}";
            }
            return utf8("{\"id\":1,\"connect\":{\"token\":\"" + deviceId + "\",\"data\":{\"deviceId\":\"" + deviceId
                    + "\"}" + subs + "}}");
        }

        @Override
        byte[] pong() {
            return utf8("{}");
        }

        @Override
        List<Told> read(byte[] message) throws IOException {
            List<Told> told = new ArrayList<>();
            try (MappingIterator<JsonNode> replies =
                    Json.mapper().readerFor(JsonNode.class).readValues(message)) {
                while (replies.hasNext()) {
                    told.add(toldBy(replies.next()));
                }
            }
            return told;
        }

        private Told toldBy(JsonNode reply) {
            if (reply.isEmpty()) {
                return new Told.Ping();
            }
            if (reply.has("connect")) {
                JsonNode connect = reply.path("connect");
                JsonNode sub = connect.path("subs").path("broadcast");
                List<Told.Publication> publications = new ArrayList<>();
                sub.path("publications").forEach(pub -> publications.add(publication("broadcast", pub)));
                return new Told.Connected(
                        connect.path("client").asText(),
                        new StreamPosition(
                                sub.path("epoch").asText(), sub.path("offset").asLong()),
                        sub.path("was_recovering").asBoolean(),
                        sub.path("recovered").asBoolean(),
                        publications);
            }
            JsonNode push = reply.path("push");
            return push.has("pub")
                    ? publication(push.path("channel").asText(), push.path("pub"))
                    : new Told.Other(reply.toString());
        }

        private static Told.Publication publication(String channel, JsonNode pub) {
            return new Told.Publication(
                    channel,
                    pub.path("offset").asLong(),
                    pub.path("data").path("messageUID").asText());
        }
    },
    PROTOBUF(Wire.WEBSOCKET_PROTOBUF, 0x82) {
        @Override
        byte[] connect(String deviceId, StreamPosition known) {
            UnknownFieldSet.Builder connect = UnknownFieldSet.newBuilder()
                    .addField(1, text(deviceId))
                    .addField(2, text("{\"deviceId\":\"" + deviceId + "\"}"));
            if (known != null) {
                UnknownFieldSet.Builder sub =
                        UnknownFieldSet.newBuilder().addField(3, number(1)).addField(6, text(known.epoch()));
                if (known.offset() != 0) {
                    sub.addField(7, number(known.offset()));
                }
                connect.addField(
                        3,
                        message(UnknownFieldSet.newBuilder()
                                .addField(1, text("broadcast"))
                                .addField(2, message(sub))));
            }
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            try {
                UnknownFieldSet.newBuilder()
                        .addField(1, number(1))
                        .addField(4, message(connect))
                        .build()
                        .writeDelimitedTo(frame);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return frame.toByteArray();
        }

        @Override
        byte[] pong() {
            return new byte[1];
        }

        @Override
        List<Told> read(byte[] message) throws IOException {
            List<Told> told = new ArrayList<>();
            ByteArrayInputStream in = new ByteArrayInputStream(message);
            while (in.available() > 0) {
                UnknownFieldSet.Builder reply = UnknownFieldSet.newBuilder();
                reply.mergeDelimitedFrom(in);
                told.add(toldBy(reply.build()));
            }
            return told;
        }

        private Told toldBy(UnknownFieldSet reply) throws IOException {
            if (reply.asMap().isEmpty()) {
                return new Told.Ping();
            }
            if (reply.hasField(5)) {
                UnknownFieldSet connect = nested(reply, 5).get(0);
                for (UnknownFieldSet sub : nested(connect, 6)) {
                    if (text(sub, 1).equals("broadcast")) {
                        return connected(text(connect, 1), nested(sub, 2).get(0));
                    }
                }
                throw new AssertionError("a connect reply without the channel of broadcasts");
            }
            if (reply.hasField(4)) {
                UnknownFieldSet push = nested(reply, 4).get(0);
                return publication(text(push, 2), nested(push, 4).get(0));
            }
            return new Told.Other(reply.toString());
        }

        private static Told connected(String client, UnknownFieldSet sub) throws IOException {
            List<Told.Publication> publications = new ArrayList<>();
            for (UnknownFieldSet pub : nested(sub, 7)) {
                publications.add(publication("broadcast", pub));
            }
            return new Told.Connected(
                    client,
                    new StreamPosition(text(sub, 6), number(sub, 9)),
                    number(sub, 12) == 1,
                    number(sub, 8) == 1,
                    publications);
        }

        private static Told.Publication publication(String channel, UnknownFieldSet pub) throws IOException {
            return new Told.Publication(
                    channel,
                    number(pub, 6),
                    Json.mapper()
                            .readTree(pub.getField(4)
                                    .getLengthDelimitedList()
                                    .get(0)
                                    .toByteArray())
                            .path("messageUID")
                            .asText());
        }

        private static Field text(String value) {
            return Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8(value))
                    .build();
        }

        private static Field number(long value) {
            return Field.newBuilder().addVarint(value).build();
        }

        private static Field message(UnknownFieldSet.Builder value) {
            return Field.newBuilder()
                    .addLengthDelimited(value.build().toByteString())
                    .build();
        }

        private static String text(UnknownFieldSet message, int field) {
            return message.hasField(field)
                    ? message.getField(field).getLengthDelimitedList().get(0).toStringUtf8()
                    : "";
        }

        private static long number(UnknownFieldSet message, int field) {
            return message.hasField(field)
                    ? message.getField(field).getVarintList().get(0)
                    : 0;
        }

        private static List<UnknownFieldSet> nested(UnknownFieldSet message, int field) throws IOException {
            List<UnknownFieldSet> all = new ArrayList<>();
            for (ByteString bytes : message.getField(field).getLengthDelimitedList()) {
                all.add(UnknownFieldSet.parseFrom(bytes));
            }
            return all;
        }
    };

    private final Wire wire;
    private final int firstByte;

    ClientFormat(Wire wire, int firstByte) {
        this.wire = wire;
        this.firstByte = firstByte;
    }

    Wire wire() {
        return wire;
    }

    /** The first byte of each of its WebSocket frames. */
    int firstByte() {
        return firstByte;
    }

    /** The first command of a connection; the device's name is its token as well. {@code known}: null for none. */
    abstract byte[] connect(String deviceId, StreamPosition known);

    abstract byte[] pong();

    /** The replies in one frame. */
    abstract List<Told> read(byte[] message) throws IOException;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

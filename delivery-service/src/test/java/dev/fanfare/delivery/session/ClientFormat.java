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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a client says and hears, in its format: written without the server's codecs, so that they are judged by it. */
enum ClientFormat {
    JSON(Wire.WEBSOCKET_JSON, 0x81) {
        @Override
        byte[] connect(String token, boolean named, Map<String, StreamPosition> known) {
            String data = named ? ",\"data\":{\"deviceId\":\"" + token + "\"}" : "";
            String subs = known.entrySet().stream()
                    .map(sub -> sub(sub.getKey(), sub.getValue()))
                    .collect(Collectors.joining(","));
            return utf8("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"" + data
                    + (known.isEmpty() ? "" : ",\"subs\":{" + subs + "}") + "}}");
        }

        private static String sub(String channel, StreamPosition known) {
            String offset = known.offset() == 0 ? "" : ",\"offset\":" + known.offset();
            return "\"" + channel + "\":{\"recover\":true,\"epoch\":\"" + known.epoch() + "\"" + offset + "}";
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
                Map<String, Told.Channel> channels = new HashMap<>();
                connect.path("subs")
                        .properties()
                        .forEach(sub -> channels.put(sub.getKey(), channel(sub.getKey(), sub.getValue())));
                return connected(connect.path("client").asText(), channels);
            }
            JsonNode push = reply.path("push");
            String channel = push.path("channel").asText();
            if (push.has("subscribe")) {
                return new Told.Subscribed(channel, position(push.path("subscribe")));
            }
            return push.has("pub") ? publication(channel, push.path("pub")) : new Told.Other(reply.toString());
        }

        private static StreamPosition position(JsonNode sub) {
            return new StreamPosition(
                    sub.path("epoch").asText(), sub.path("offset").asLong());
        }

        private static Told.Channel channel(String name, JsonNode sub) {
            List<Told.Publication> publications = new ArrayList<>();
            sub.path("publications").forEach(pub -> publications.add(publication(name, pub)));
            return new Told.Channel(
                    position(sub),
                    sub.path("was_recovering").asBoolean(),
                    sub.path("recovered").asBoolean(),
                    publications);
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
        byte[] connect(String token, boolean named, Map<String, StreamPosition> known) {
            UnknownFieldSet.Builder connect = UnknownFieldSet.newBuilder().addField(1, text(token));
            if (named) {
                connect.addField(2, text("{\"deviceId\":\"" + token + "\"}"));
            }
            if (!known.isEmpty()) {
                Field.Builder subs = Field.newBuilder();
                known.forEach((channel, position) ->
                        subs.addLengthDelimited(sub(channel, position).build().toByteString()));
                connect.addField(3, subs.build());
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

        private static UnknownFieldSet.Builder sub(String channel, StreamPosition known) {
            UnknownFieldSet.Builder sub =
                    UnknownFieldSet.newBuilder().addField(3, number(1)).addField(6, text(known.epoch()));
            if (known.offset() != 0) {
                sub.addField(7, number(known.offset()));
            }
            return UnknownFieldSet.newBuilder().addField(1, text(channel)).addField(2, message(sub));
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
                Map<String, Told.Channel> channels = new HashMap<>();
                for (UnknownFieldSet sub : nested(connect, 6)) {
                    channels.put(
                            text(sub, 1), channel(text(sub, 1), nested(sub, 2).get(0)));
                }
                return connected(text(connect, 1), channels);
            }
            if (reply.hasField(4)) {
                UnknownFieldSet push = nested(reply, 4).get(0);
                if (push.hasField(9)) {
                    UnknownFieldSet sub = nested(push, 9).get(0);
                    return new Told.Subscribed(text(push, 2), new StreamPosition(text(sub, 4), number(sub, 5)));
                }
                return publication(text(push, 2), nested(push, 4).get(0));
            }
            return new Told.Other(reply.toString());
        }

        private static Told.Channel channel(String name, UnknownFieldSet sub) throws IOException {
            List<Told.Publication> publications = new ArrayList<>();
            for (UnknownFieldSet pub : nested(sub, 7)) {
                publications.add(publication(name, pub));
            }
            return new Told.Channel(
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

    /**
     * The first command of a connection.
     *
     * @param named whether the client says which device it is; its name is its token as well
     * @param known positions of channels
     */
    abstract byte[] connect(String token, boolean named, Map<String, StreamPosition> known);

    private static Told connected(String client, Map<String, Told.Channel> channels) {
        Told.Channel broadcasts = channels.remove("broadcast");
        if (broadcasts == null || channels.size() != 1) {
            throw new AssertionError("a connect reply without the two channels: " + channels);
        }
        Map.Entry<String, Told.Channel> inbox = channels.entrySet().iterator().next();
        return new Told.Connected(client, inbox.getKey(), broadcasts, inbox.getValue());
    }

    abstract byte[] pong();

    /** The replies in one frame. */
    abstract List<Told> read(byte[] message) throws IOException;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

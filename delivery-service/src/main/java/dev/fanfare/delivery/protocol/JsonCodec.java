package dev.fanfare.delivery.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingJsonFactory;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import dev.fanfare.delivery.protocol.ServerReply.Publication;
import dev.fanfare.delivery.protocol.ServerReply.Subscription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JSON: one object a line, several lines a frame. Zero values are left out, and the protocol's {@code bytes} fields are
 * JSON values that stand in the message as they are.
 */
final class JsonCodec implements Codec {

    private static final byte[] PING = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_DATA = {};
    private static final Set<String> NOT_OFFERED = Set.of(
            "subscribe", "unsubscribe", "publish", "presence", "presence_stats", "history", "ping", "sub_refresh");

    private final JsonFactory factory = new MappingJsonFactory();

    @Override
    public List<ClientCommand> decode(byte[] frame) throws BadFrameException {
        List<ClientCommand> commands = new ArrayList<>(1);
        try (JsonParser lines = factory.createParser(frame)) {
            while (lines.nextToken() != null) {
                commands.add(command(lines.readValueAsTree()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BadFrameException(e);
        }
        return commands;
    }

    private static ClientCommand command(JsonNode line) {
        if (!line.isObject()) {
            throw new IllegalArgumentException("a command is an object");
        }
        int id = line.path("id").asInt();
        if (line.has("connect")) {
            JsonNode connect = object(line, "connect");
            return new ClientCommand.Connect(
                    id, connect.path("token").asText(), bytes(connect.get("data")), positions(connect));
        }
        if (line.has("refresh")) {
            return new ClientCommand.Refresh(
                    id, object(line, "refresh").path("token").asText());
        }
        if (line.has("rpc")) {
            JsonNode rpc = object(line, "rpc");
            return new ClientCommand.Rpc(id, rpc.path("method").asText(), bytes(rpc.get("data")));
        }
        if (line.has("send")) {
            return new ClientCommand.Send();
        }
        if (NOT_OFFERED.stream().anyMatch(line::has)) {
            return new ClientCommand.NotAvailable(id);
        }
        return id == 0 ? new ClientCommand.Pong() : new ClientCommand.Unknown(id);
    }

    private static JsonNode object(JsonNode line, String name) {
        JsonNode value = line.get(name);
        if (!value.isObject()) {
            throw new IllegalArgumentException(name + " is an object");
        }
        return value;
    }

    private static byte[] bytes(JsonNode value) {
        return value == null || value.isNull() ? NO_DATA : Json.write(value);
    }

    private static Map<String, Position> positions(JsonNode connect) {
        Map<String, Position> positions = new HashMap<>();
        for (Map.Entry<String, JsonNode> sub : connect.path("subs").properties()) {
            JsonNode request = sub.getValue();
            if (request.path("recover").asBoolean()) {
                positions.put(
                        sub.getKey(),
                        new Position(
                                request.path("epoch").asText(),
                                request.path("offset").asLong()));
            }
        }
        return positions;
    }

    @Override
    public byte[] ping() {
        return PING;
    }

    @Override
    public byte[] encode(ServerReply reply) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            out.writeStartObject();
            write(reply, out, bytes);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(ServerReply reply, JsonGenerator out, ByteArrayOutputStream bytes) throws IOException {
        if (reply instanceof ServerReply.Published published) {
            out.writeObjectFieldStart("push");
            out.writeStringField("channel", published.channel());
            out.writeFieldName("pub");
            write(published.publication(), out, bytes);
            out.writeEndObject();
        } else if (reply instanceof ServerReply.Repositioned repositioned) {
            out.writeObjectFieldStart("push");
            out.writeStringField("channel", repositioned.channel());
            out.writeObjectFieldStart("subscribe");
            out.writeBooleanField("recoverable", true);
            out.writeBooleanField("positioned", true);
            out.writeStringField("epoch", repositioned.epoch());
            if (repositioned.offset() != 0) {
                out.writeNumberField("offset", repositioned.offset());
            }
            out.writeEndObject();
            out.writeEndObject();
        } else if (reply instanceof ServerReply.Connected connected) {
            out.writeNumberField("id", connected.id());
            out.writeObjectFieldStart("connect");
            write(connected, out, bytes);
            out.writeEndObject();
        } else if (reply instanceof ServerReply.Failed failed) {
            out.writeNumberField("id", failed.id());
            out.writeObjectFieldStart("error");
            out.writeNumberField("code", failed.error().code());
            out.writeStringField("message", failed.text());
            if (failed.error().temporary()) {
                out.writeBooleanField("temporary", true);
            }
            out.writeEndObject();
        } else if (reply instanceof ServerReply.Refreshed refreshed) {
            out.writeNumberField("id", refreshed.id());
            out.writeObjectFieldStart("refresh");
            out.writeStringField("client", refreshed.client());
            out.writeBooleanField("expires", true);
            out.writeNumberField("ttl", refreshed.ttlSeconds());
            out.writeEndObject();
        } else if (reply instanceof ServerReply.RpcResult result) {
            out.writeNumberField("id", result.id());
            out.writeObjectFieldStart("rpc");
            writeData(result.data(), out, bytes);
            out.writeEndObject();
        } else if (reply instanceof ServerReply.Disconnected disconnected) {
            CloseCode code = disconnected.code();
            out.writeObjectFieldStart("push");
            out.writeObjectFieldStart("disconnect");
            out.writeNumberField("code", code.code());
            out.writeStringField("reason", code.reason());
            if (code.reconnects()) {
                out.writeBooleanField("reconnect", true);
            }
            out.writeEndObject();
            out.writeEndObject();
        }
    }

    private static void write(ServerReply.Connected connected, JsonGenerator out, ByteArrayOutputStream bytes)
            throws IOException {
        out.writeStringField("client", connected.client());
        out.writeBooleanField("expires", true);
        out.writeNumberField("ttl", connected.ttlSeconds());
        if (connected.pingSeconds() != 0) {
            out.writeNumberField("ping", connected.pingSeconds());
            out.writeBooleanField("pong", true);
        }
        if (connected.emulation() != null) {
            out.writeStringField("session", connected.emulation().session());
            out.writeStringField("node", connected.emulation().node());
        }
        out.writeObjectFieldStart("subs");
        for (Subscription subscription : connected.subscriptions()) {
            out.writeObjectFieldStart(subscription.channel());
            if (subscription instanceof Subscription.Positioned positioned) {
                write(positioned, out, bytes);
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void write(Subscription.Positioned channel, JsonGenerator out, ByteArrayOutputStream bytes)
            throws IOException {
        out.writeBooleanField("recoverable", true);
        out.writeBooleanField("positioned", true);
        out.writeStringField("epoch", channel.epoch());
        if (channel.offset() != 0) {
            out.writeNumberField("offset", channel.offset());
        }
        if (channel.wasRecovering()) {
            out.writeBooleanField("was_recovering", true);
        }
        if (channel.recovered()) {
            out.writeBooleanField("recovered", true);
        }
        if (!channel.publications().isEmpty()) {
            out.writeArrayFieldStart("publications");
            for (Publication publication : channel.publications()) {
                write(publication, out, bytes);
            }
            out.writeEndArray();
        }
    }

    private static void write(Publication publication, JsonGenerator out, ByteArrayOutputStream bytes)
            throws IOException {
        out.writeStartObject();
        if (publication.offset() != 0) {
            out.writeNumberField("offset", publication.offset());
        }
        writeData(publication.data(), out, bytes);
        out.writeEndObject();
    }

    /** The data is JSON already: an empty raw value makes the generator write the separators, the bytes follow as they are. */
    private static void writeData(byte[] data, JsonGenerator out, ByteArrayOutputStream bytes) throws IOException {
        out.writeFieldName("data");
        out.writeRawValue("");
        out.flush();
        bytes.writeBytes(data);
    }
}

package dev.fanfare.delivery.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.session.OneWaySessions;
import dev.fanfare.delivery.session.SessionHost;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code POST /emulation}: commands of a client whose own connection is one-way. The request names the node and the
 * session's key, both from the connect reply; a request that a proxy brought to another node is passed on.
 */
@ApplicationScoped
public class Emulation {

    private final SessionHost host;
    private final OneWaySessions sessions;
    private final EmulationForwarder forwarder;

    public Emulation(SessionHost host, OneWaySessions sessions, EmulationForwarder forwarder) {
        this.host = host;
        this.sessions = sessions;
        this.forwarder = forwarder;
    }

    private record Request(String node, String session, byte[] commands) {
        boolean isComplete() {
            return !node.isEmpty() && !session.isEmpty() && commands.length > 0;
        }
    }

    void take(FullHttpRequest http, HttpAnswer answer) {
        if (!HttpMethod.POST.equals(http.method())) {
            answer.refuse(HttpResponseStatus.METHOD_NOT_ALLOWED, "POST the commands");
            return;
        }
        byte[] body = ByteBufUtil.getBytes(http.content());
        String contentType = http.headers().get(HttpHeaderNames.CONTENT_TYPE);
        Optional<Request> read = read(contentType, body);
        if (read.isEmpty()) {
            answer.refuse(HttpResponseStatus.BAD_REQUEST, "the body must hold node, session and data");
            return;
        }
        Request request = read.get();
        if (request.node.equals(host.node())) {
            answer(sessions.command(request.session, request.commands), answer);
        } else {
            forwarder.forward(request.node, contentType, body).subscribe().with(taken -> answer(taken, answer));
        }
    }

    /** A request that another node passed on; it goes no further. */
    boolean takeHere(String contentType, byte[] body) {
        return read(contentType, body)
                .filter(request -> request.node.equals(host.node()))
                .map(request -> sessions.command(request.session, request.commands))
                .orElse(false);
    }

    private static void answer(boolean taken, HttpAnswer answer) {
        if (taken) {
            answer.noContent();
        } else {
            answer.refuse(HttpResponseStatus.NOT_FOUND, "no such session");
        }
    }

    private static Optional<Request> read(String contentType, byte[] body) {
        try {
            Request request = "application/octet-stream".equals(contentType) ? readProtobuf(body) : readJson(body);
            return Optional.of(request).filter(Request::isComplete);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code data} is a JSON string that holds the commands. */
    private static Request readJson(byte[] body) throws IOException {
        JsonNode json = Json.mapper().readTree(body);
        JsonNode data = json.path("data");
        byte[] commands = (data.isTextual() ? data.asText() : data.toString()).getBytes(StandardCharsets.UTF_8);
        return new Request(json.path("node").asText(), json.path("session").asText(), commands);
    }

    private static Request readProtobuf(byte[] body) throws IOException {
        String node = "";
        String session = "";
        byte[] commands = {};
        CodedInputStream in = CodedInputStream.newInstance(body);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> node = in.readStringRequireUtf8();
                case 2 -> session = in.readStringRequireUtf8();
                case 3 -> commands = in.readByteArray();
                default -> in.skipField(tag);
            }
        }
        return new Request(node, session, commands);
    }
}

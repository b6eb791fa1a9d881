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

    private record Request(String node, String session, byte[] commands) {}

    void take(FullHttpRequest http, HttpAnswer answer) {
        if (!HttpMethod.POST.equals(http.method())) {
            answer.refuse(HttpResponseStatus.METHOD_NOT_ALLOWED, "POST the commands");
            return;
        }
        byte[] body = ByteBufUtil.getBytes(http.content());
        Request request;
        try {
            request = "application/octet-stream".equals(http.headers().get(HttpHeaderNames.CONTENT_TYPE))
                    ? readProtobuf(body)
                    : readJson(body);
        } catch (IOException e) {
            answer.refuse(HttpResponseStatus.BAD_REQUEST, "the body must hold node, session and data");
            return;
        }
        if (request.node.equals(host.node())) {
            answer(sessions.command(request.session, request.commands), answer);
        } else if (http.headers().contains(EmulationForwarder.FORWARDED)) {
            answer(false, answer);
        } else {
            forwarder
                    .forward(request.node, http.headers().get(HttpHeaderNames.CONTENT_TYPE), body)
                    .subscribe()
                    .with(taken -> answer(taken, answer));
        }
    }

    private static void answer(boolean taken, HttpAnswer answer) {
        if (taken) {
            answer.noContent();
        } else {
            answer.refuse(HttpResponseStatus.NOT_FOUND, "no such session");
        }
    }

    /** {@code data} is a JSON string that holds the commands. */
    private static Request readJson(byte[] body) throws IOException {
        JsonNode json = Json.mapper().readTree(body);
        JsonNode data = json.path("data");
        byte[] commands = data.isTextual() ? data.asText().getBytes(StandardCharsets.UTF_8) : Json.write(data);
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

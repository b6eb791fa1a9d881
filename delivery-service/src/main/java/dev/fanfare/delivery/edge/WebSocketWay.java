package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.Session;
import dev.fanfare.delivery.session.SessionHost;
import dev.fanfare.delivery.session.Wire;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes a WebSocket of a request; HTTP leaves the pipeline. */
final class WebSocketWay {

    private static final String PROTOBUF_SUBPROTOCOL = "centrifuge-protobuf";
    private static final String FRAME_PINGS = "cf_ws_frame_ping_pong";
    private static final String SUBPROTOCOLS = PROTOBUF_SUBPROTOCOL + ",centrifuge-json";

    private final EdgeConfig config;
    private final SessionHost host;
    private final WebSocketDecoderConfig decoding;

    WebSocketWay(EdgeConfig config, SessionHost host) {
        this.config = config;
        this.host = host;
        this.decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(config.maxFrameBytes())
                .allowExtensions(false)
                .build();
    }

    void open(
            ChannelHandlerContext context,
            HttpEntry entry,
            FullHttpRequest request,
            QueryStringDecoder uri,
            HttpAnswer answer) {
        if (!HttpMethod.GET.equals(request.method())
                || !"websocket".equalsIgnoreCase(request.headers().get(HttpHeaderNames.UPGRADE))) {
            answer.refuse(HttpResponseStatus.UPGRADE_REQUIRED, "this is a WebSocket endpoint");
            return;
        }
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(null, SUBPROTOCOLS, decoding).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel())
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        try {
            handshaker.handshake(context.channel(), request).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } catch (WebSocketHandshakeException e) {
            answer.refuse(HttpResponseStatus.BAD_REQUEST, "the request is no WebSocket handshake");
            return;
        }
        Map<String, List<String>> query = uri.parameters();
        Session session =
                host.open(new WebSocketLink(context.channel(), wire(request, query), asks(query, FRAME_PINGS, "true")));
        entry.deadline().guard(session);
        context.pipeline()
                .replace(entry, null, new WebSocketHandler(session, entry.deadline(), config.maxFrameBytes()));
    }

    private static Wire wire(FullHttpRequest request, Map<String, List<String>> query) {
        String asked = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "");
        boolean protobuf = asked.toLowerCase(Locale.ROOT).contains(PROTOBUF_SUBPROTOCOL)
                || asks(query, "format", "protobuf")
                || asks(query, "cf_protocol", "protobuf");
        return protobuf ? Wire.WEBSOCKET_PROTOBUF : Wire.WEBSOCKET_JSON;
    }

    private static boolean asks(Map<String, List<String>> query, String name, String value) {
        return query.getOrDefault(name, List.of()).contains(value);
    }
}

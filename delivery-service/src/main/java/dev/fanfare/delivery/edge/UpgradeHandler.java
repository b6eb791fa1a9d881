package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.Session;
import dev.fanfare.delivery.session.SessionHost;
import dev.fanfare.delivery.session.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The HTTP part of a connection: one request, which becomes a WebSocket or is refused. */
final class UpgradeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    static final String WEBSOCKET_PATH = "/connection/websocket";

    private static final String PROTOBUF_SUBPROTOCOL = "centrifuge-protobuf";
    private static final String SUBPROTOCOLS = PROTOBUF_SUBPROTOCOL + ",centrifuge-json";

    private final EdgeConfig config;
    private final SessionHost host;

    UpgradeHandler(EdgeConfig config, SessionHost host) {
        this.config = config;
        this.host = host;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "the request is not valid HTTP");
            return;
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (!WEBSOCKET_PATH.equals(uri.path())) {
            refuse(context, HttpResponseStatus.NOT_FOUND, "clients connect at " + WEBSOCKET_PATH);
        } else if (!HttpMethod.GET.equals(request.method())
                || !"websocket".equalsIgnoreCase(request.headers().get(HttpHeaderNames.UPGRADE))) {
            refuse(context, HttpResponseStatus.UPGRADE_REQUIRED, "this is a WebSocket endpoint");
        } else {
            upgrade(context, request, wire(request, uri.parameters()));
        }
    }

    private static Wire wire(FullHttpRequest request, Map<String, List<String>> query) {
        String asked = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "");
        boolean protobuf = asked.toLowerCase(Locale.ROOT).contains(PROTOBUF_SUBPROTOCOL)
                || query.getOrDefault("format", List.of()).contains("protobuf")
                || query.getOrDefault("cf_protocol", List.of()).contains("protobuf");
        return protobuf ? Wire.WEBSOCKET_PROTOBUF : Wire.WEBSOCKET_JSON;
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request, Wire wire) {
        WebSocketDecoderConfig decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(config.maxFrameBytes())
                .allowExtensions(false)
                .build();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(null, SUBPROTOCOLS, decoding).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        handshaker.handshake(context.channel(), request).addListener(done -> {
            if (!done.isSuccess()) {
                context.close();
            }
        });
        WebSocketLink link = new WebSocketLink(context.channel(), wire);
        Session session = host.open(link);
        context.pipeline()
                .replace(this, null, new WebSocketHandler(session, config.maxFrameBytes(), config.handshakeTimeout()));
    }

    private static void refuse(ChannelHandlerContext context, HttpResponseStatus status, String text) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                Unpooled.copiedBuffer("{\"error\":\"" + text + "\"}", StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}

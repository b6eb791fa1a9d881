package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.SessionHost;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;

/** The HTTP part of a connection: which way in a request asks for. */
final class HttpEntry extends SimpleChannelInboundHandler<FullHttpRequest> {

    static final String WEBSOCKET_PATH = "/connection/websocket";
    static final String SSE_PATH = "/connection/sse";
    static final String STREAM_PATH = "/connection/http_stream";
    static final String EMULATION_PATH = "/emulation";

    private final WebSocketWay webSocket;
    private final StreamWay stream;
    private final Emulation emulation;
    private final Cors cors;

    HttpEntry(EdgeConfig config, SessionHost host, Emulation emulation) {
        this.cors = new Cors(config);
        this.webSocket = new WebSocketWay(config, host);
        this.stream = new StreamWay(config, host, cors);
        this.emulation = emulation;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        HttpAnswer answer = new HttpAnswer(context, request, cors);
        if (request.decoderResult().isFailure()) {
            answer.refuse(HttpResponseStatus.BAD_REQUEST, "the request is not valid HTTP");
        } else if (!cors.allows(request)) {
            answer.refuse(HttpResponseStatus.FORBIDDEN, "this origin may not connect");
        } else if (HttpMethod.OPTIONS.equals(request.method())) {
            answer.preflight();
        } else {
            route(context, request, answer);
        }
    }

    private void route(ChannelHandlerContext context, FullHttpRequest request, HttpAnswer answer) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        switch (uri.path()) {
            case WEBSOCKET_PATH -> webSocket.open(context, this, request, uri, answer);
            case SSE_PATH -> stream.openEvents(context, this, request, uri, answer);
            case STREAM_PATH -> stream.openStream(context, this, request, answer);
            case EMULATION_PATH -> emulation.take(request, answer);
            default ->
                answer.refuse(
                        HttpResponseStatus.NOT_FOUND,
                        "clients connect at " + WEBSOCKET_PATH + ", " + SSE_PATH + " or " + STREAM_PATH);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}

package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.SessionHost;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** Which way in a request asks for, and whether it may come in. Shared by all connections. */
final class HttpRoutes {

    static final String WEBSOCKET_PATH = "/connection/websocket";
    static final String SSE_PATH = "/connection/sse";
    static final String STREAM_PATH = "/connection/http_stream";
    static final String EMULATION_PATH = "/emulation";
    static final String PULL_PATH = "/fanfare/v1/pull";

    private final WebSocketWay webSocket;
    private final StreamWay stream;
    private final Emulation emulation;
    private final Pull pull;
    private final Cors cors;
    private final Admission admission;

    HttpRoutes(EdgeConfig config, SessionHost host, Emulation emulation, Pull pull, Admission admission) {
        this.cors = new Cors(config);
        this.webSocket = new WebSocketWay(config, host);
        this.stream = new StreamWay(host, cors);
        this.emulation = emulation;
        this.pull = pull;
        this.admission = admission;
    }

    void take(ChannelHandlerContext context, HttpEntry entry, FullHttpRequest request) {
        HttpAnswer answer = new HttpAnswer(context, entry, request, cors);
        if (request.decoderResult().isFailure()) {
            refuseBroken(request.decoderResult().cause(), answer);
        } else if (!cors.allows(request)) {
            answer.refuse(HttpResponseStatus.FORBIDDEN, "this origin may not connect");
        } else if (HttpMethod.OPTIONS.equals(request.method())) {
            answer.preflight();
        } else {
            route(context, entry, request, answer);
        }
    }

    private static void refuseBroken(Throwable cause, HttpAnswer answer) {
        if (cause instanceof TooLongHttpLineException) {
            answer.refuse(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long");
        } else if (cause instanceof TooLongHttpHeaderException) {
            answer.refuse(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too large");
        } else {
            answer.refuse(HttpResponseStatus.BAD_REQUEST, "the request is not valid HTTP");
        }
    }

    private void route(ChannelHandlerContext context, HttpEntry entry, FullHttpRequest request, HttpAnswer answer) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        String path;
        try {
            path = uri.path();
            uri.parameters();
        } catch (IllegalArgumentException e) {
            answer.refuse(HttpResponseStatus.BAD_REQUEST, "the path or the query is not properly escaped");
            return;
        }
        switch (path) {
            case WEBSOCKET_PATH, SSE_PATH, STREAM_PATH, PULL_PATH ->
                admission
                        .judge(entry.place(), entry.clientAddress(context, request.headers()))
                        .ifPresentOrElse(answer::refuse, () -> open(context, entry, request, uri, answer));
            case EMULATION_PATH -> emulation.take(request, answer);
            default ->
                answer.refuse(
                        HttpResponseStatus.NOT_FOUND,
                        "clients connect at " + WEBSOCKET_PATH + ", " + SSE_PATH + " or " + STREAM_PATH + ", or poll "
                                + PULL_PATH);
        }
    }

    private void open(
            ChannelHandlerContext context,
            HttpEntry entry,
            FullHttpRequest request,
            QueryStringDecoder uri,
            HttpAnswer answer) {
        switch (uri.path()) {
            case WEBSOCKET_PATH -> webSocket.open(context, entry, request, uri, answer);
            case SSE_PATH -> stream.openEvents(context, entry, request, uri, answer);
            case STREAM_PATH -> stream.openStream(context, entry, request, answer);
            default -> pull.take(request, uri, answer);
        }
    }
}

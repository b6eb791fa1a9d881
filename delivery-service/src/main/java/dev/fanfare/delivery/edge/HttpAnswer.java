package dev.fanfare.delivery.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The answer to a request, where it is not an endless one; may be given from any thread, once. */
final class HttpAnswer {

    private final ChannelHandlerContext context;
    private final HttpEntry entry;
    private final boolean keepAlive;
    private final boolean oldVersion;
    private final String origin;
    private final Cors cors;

    HttpAnswer(ChannelHandlerContext context, HttpEntry entry, FullHttpRequest request, Cors cors) {
        this.context = context;
        this.entry = entry;
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.oldVersion = !request.protocolVersion().isKeepAliveDefault();
        this.origin = request.headers().get(HttpHeaderNames.ORIGIN);
        this.cors = cors;
    }

    void preflight() {
        FullHttpResponse response = response(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        cors.answerPreflight(response.headers());
        send(response, keepAlive);
    }

    void noContent() {
        send(response(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER), keepAlive);
    }

    /** @param body JSON for this client alone */
    void json(byte[] body) {
        FullHttpResponse response = json(HttpResponseStatus.OK, body);
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "private, no-store");
        send(response, keepAlive);
    }

    /** @param text what to change; plain words, they stand in JSON as they are */
    void refuse(HttpResponseStatus status, String text) {
        send(json(status, bytes("{\"error\":\"" + text + "\"}")), false);
    }

    /** @param code the one of the client protocol for the same case */
    void unauthorized(int code, String text) {
        FullHttpResponse response =
                json(HttpResponseStatus.UNAUTHORIZED, bytes("{\"error\":\"" + text + "\",\"code\":" + code + "}"));
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        send(response, keepAlive);
    }

    /** @param code the one of the client protocol for the same case */
    void forbidden(int code, String text) {
        send(
                json(HttpResponseStatus.FORBIDDEN, bytes("{\"error\":\"" + text + "\",\"code\":" + code + "}")),
                keepAlive);
    }

    void refuse(Refusal refusal) {
        FullHttpResponse response = json(refusal.status(), bytes("{\"error\":\"" + refusal.text() + "\"}"));
        response.headers().set(HttpHeaderNames.RETRY_AFTER, refusal.retryAfterSeconds());
        send(response, false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private FullHttpResponse json(HttpResponseStatus status, byte[] body) {
        FullHttpResponse response = response(status, Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        return response;
    }

    private FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        if (!HttpResponseStatus.NO_CONTENT.equals(status)) {
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        cors.answer(origin, response.headers());
        return response;
    }

    private void send(FullHttpResponse response, boolean keep) {
        HttpHeaders headers = response.headers();
        if (!keep) {
            headers.set(HttpHeaderNames.CONNECTION, "close");
        } else if (oldVersion) {
            headers.set(HttpHeaderNames.CONNECTION, "keep-alive");
        }
        if (context.executor().inEventLoop()) {
            entry.answer(context, response, keep);
        } else {
            context.executor().execute(() -> entry.answer(context, response, keep));
        }
    }
}

package dev.fanfare.delivery.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The short answers to a request; may be given from any thread. */
final class HttpAnswer {

    private final ChannelHandlerContext context;
    private final boolean keepAlive;
    private final String origin;
    private final Cors cors;

    HttpAnswer(ChannelHandlerContext context, FullHttpRequest request, Cors cors) {
        this.context = context;
        this.keepAlive = HttpUtil.isKeepAlive(request);
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

    /** @param text what to change; plain words, they stand in JSON as they are */
    void refuse(HttpResponseStatus status, String text) {
        ByteBuf body = Unpooled.copiedBuffer("{\"error\":\"" + text + "\"}", StandardCharsets.UTF_8);
        FullHttpResponse response = response(status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .set(HttpHeaderNames.CONNECTION, "close");
        send(response, false);
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
        var written = context.writeAndFlush(response);
        if (!keep) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}

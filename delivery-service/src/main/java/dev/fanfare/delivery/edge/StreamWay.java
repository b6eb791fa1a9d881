package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.Session;
import dev.fanfare.delivery.session.SessionHost;
import dev.fanfare.delivery.session.Wire;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes an endless response of a request, where WebSockets do not get through: server-sent events or an HTTP stream. The
 * request holds the connect command; further commands come by {@link Emulation}. HTTP leaves the pipeline after the
 * response's head: chunks are written ready-made.
 */
final class StreamWay {

    private static final String CONNECT_PARAMETER = "cf_connect";
    private static final String OCTET_STREAM = "application/octet-stream";

    private final SessionHost host;
    private final Cors cors;

    StreamWay(SessionHost host, Cors cors) {
        this.host = host;
        this.cors = cors;
    }

    void openEvents(
            ChannelHandlerContext context,
            HttpEntry entry,
            FullHttpRequest request,
            QueryStringDecoder uri,
            HttpAnswer answer) {
        byte[] connect = HttpMethod.GET.equals(request.method())
                ? uri.parameters()
                        .getOrDefault(CONNECT_PARAMETER, List.of(""))
                        .get(0)
                        .getBytes(StandardCharsets.UTF_8)
                : ByteBufUtil.getBytes(request.content());
        if (connect.length == 0) {
            answer.refuse(
                    HttpResponseStatus.BAD_REQUEST,
                    "the connect command is required, as " + CONNECT_PARAMETER + " or as body of a POST");
        } else {
            open(context, entry, request, Wire.SSE_JSON, "text/event-stream", connect);
        }
    }

    void openStream(ChannelHandlerContext context, HttpEntry entry, FullHttpRequest request, HttpAnswer answer) {
        byte[] connect = ByteBufUtil.getBytes(request.content());
        if (!HttpMethod.POST.equals(request.method()) || connect.length == 0) {
            answer.refuse(HttpResponseStatus.BAD_REQUEST, "POST the connect command");
            return;
        }
        boolean protobuf = OCTET_STREAM.equals(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
        open(
                context,
                entry,
                request,
                protobuf ? Wire.STREAM_PROTOBUF : Wire.STREAM_JSON,
                protobuf ? OCTET_STREAM : "application/json; charset=utf-8",
                connect);
    }

    private void open(
            ChannelHandlerContext context,
            HttpEntry entry,
            FullHttpRequest request,
            Wire wire,
            String contentType,
            byte[] connect) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, "private, no-cache, no-store, must-revalidate, max-age=0")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                // nginx would hold events back until its buffer is full.
                .set("X-Accel-Buffering", "no");
        cors.answer(request.headers().get(HttpHeaderNames.ORIGIN), head.headers());
        context.writeAndFlush(head);
        Session session = host.open(new StreamLink(context.channel(), wire));
        entry.deadline().guard(session);
        StreamHandler handler = new StreamHandler(session, entry.deadline());
        context.pipeline().replace(entry, null, handler);
        context.pipeline().remove(HttpObjectAggregator.class);
        context.pipeline().remove(HttpServerCodec.class);
        handler.onMessage(connect);
    }
}

package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.session.Session;
import io.netty.channel.ChannelHandlerContext;

/** Between an endless response and its session: what comes in behind the request is of no interest. */
final class StreamHandler extends SessionHandler<Object> {

    StreamHandler(Session session, Deadline deadline) {
        super(session, deadline);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {}
}

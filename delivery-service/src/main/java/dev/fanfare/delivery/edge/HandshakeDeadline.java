package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends away who opens a connection and does not go on to connect. */
final class HandshakeDeadline {

    private HandshakeDeadline() {}

    static void set(ChannelHandlerContext context, Session session, Duration timeout) {
        ScheduledFuture<?> deadline = context.executor()
                .schedule(
                        () -> {
                            if (!session.isLive()) {
                                session.close(CloseCode.STALE);
                            }
                        },
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(closed -> deadline.cancel(false));
    }
}

package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Session;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends away who opens a connection and does not go on to connect, at whatever point it stops. One per connection, on its
 * event loop, for as long as no client is known on it: a live session has none.
 */
final class Deadline implements Runnable {

    /** For a client that does not even take the reason. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Channel channel;
    private Session session;
    private Future<?> timer;

    Deadline(Channel channel) {
        this.channel = channel;
    }

    /** In so long the connection ends, whatever was set before. */
    void set(Duration time) {
        cancel();
        timer = channel.eventLoop().schedule(this, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on the connection has a session, which is told why it ends. */
    void guard(Session opened) {
        session = opened;
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void run() {
        if (session == null) {
            channel.close();
        } else {
            session.close(CloseCode.STALE);
            session = null;
            set(FAREWELL);
        }
    }
}

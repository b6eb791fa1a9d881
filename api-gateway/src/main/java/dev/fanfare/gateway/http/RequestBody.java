package dev.fanfare.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a body of bounded size, within bounded time. One that is too big is read to its end but not kept, for a client that
 * is still writing would otherwise never see the answer. One that does not end, however busily its client goes on to send a
 * byte now and then, has its connection (over HTTP/2 its stream) closed. Runs on the request's event loop.
 */
public final class RequestBody {

    /** More than any good call needs: 100 users with their texts, or 1000 members. */
    public static final int LIMIT_BYTES = 2 * 1024 * 1024;

    /** Beyond this nobody is being polite to: the connection is closed. */
    private static final long PATIENCE_BYTES = 16L * 1024 * 1024;

    /** For all of it: 2 MiB at 70 KB a second. */
    private static final Duration TIME = Duration.ofSeconds(30);

    private final HttpServerRequest request;
    private final Consumer<Optional<byte[]>> then;
    private final Vertx vertx;
    private final long deadline;
    private Buffer kept = Buffer.buffer();
    private long read;

    private RequestBody(Vertx vertx, HttpServerRequest request, Duration time, Consumer<Optional<byte[]>> then) {
        this.vertx = vertx;
        this.deadline =
                vertx.setTimer(time.toMillis(), ignored -> request.response().reset());
        this.request = request;
        this.then = then;
    }

    /** @param then gets the body, or nothing when it is too big; not called when the client goes away */
    public static void read(Vertx vertx, HttpServerRequest request, Consumer<Optional<byte[]>> then) {
        read(vertx, request, TIME, then);
    }

    static void read(Vertx vertx, HttpServerRequest request, Duration time, Consumer<Optional<byte[]>> then) {
        RequestBody body = new RequestBody(vertx, request, time, then);
        request.handler(body::take);
        request.endHandler(ignored -> body.end());
        request.exceptionHandler(e -> body.giveUp());
        request.resume();
    }

    private void take(Buffer chunk) {
        read += chunk.length();
        if (read > PATIENCE_BYTES) {
            request.connection().close();
        } else if (read > LIMIT_BYTES) {
            kept = Buffer.buffer();
        } else {
            kept.appendBuffer(chunk);
        }
    }

    /** The client went away. */
    private void giveUp() {
        vertx.cancelTimer(deadline);
    }

    private void end() {
        vertx.cancelTimer(deadline);
        then.accept(read > LIMIT_BYTES ? Optional.empty() : Optional.of(kept.getBytes()));
    }
}

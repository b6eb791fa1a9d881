package dev.fanfare.delivery.push.webhook;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;

/** The beginning of an answer whose length is somebody else's to choose: what comes after it is read and forgotten. */
final class FirstBytes implements BodyStream<byte[]> {

    private final Buffer kept = Buffer.buffer();
    private final Promise<byte[]> result = Promise.promise();
    private final int most;

    FirstBytes(int most) {
        this.most = most;
    }

    /** @param most bytes that are kept */
    static BodyCodec<byte[]> codec(int most) {
        return handler -> handler.handle(Future.succeededFuture(new FirstBytes(most)));
    }

    @Override
    public Future<byte[]> result() {
        return result.future();
    }

    @Override
    public Future<Void> write(Buffer data) {
        kept.appendBuffer(data, 0, Math.min(data.length(), most - kept.length()));
        return Future.succeededFuture();
    }

    @Override
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
        write(data).onComplete(handler);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
        result.tryComplete(kept.getBytes());
        if (handler != null) {
            handler.handle(Future.succeededFuture());
        }
    }

    @Override
    public void handle(Throwable failure) {
        result.tryFail(failure);
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public FirstBytes exceptionHandler(Handler<Throwable> handler) {
        return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
        return this;
    }
}

package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.ServerReply;
import dev.fanfare.delivery.window.Broadcast;
import io.netty.buffer.ByteBuf;

/** A broadcast on its way to the sessions: its frames, and where it stands. References as in {@link SharedFrames}. */
final class BroadcastFrames {

    private final String appKey;
    private final long offset;
    private final SharedFrames frames;

    BroadcastFrames(Broadcast broadcast) {
        this.appKey = broadcast.appKey();
        this.offset = broadcast.offset();
        this.frames = new SharedFrames(reply(broadcast)).buildAll();
    }

    static ServerReply reply(Broadcast broadcast) {
        return new ServerReply.Published(
                JoinPlan.CHANNEL, new ServerReply.Publication(broadcast.offset(), broadcast.data()));
    }

    String appKey() {
        return appKey;
    }

    long offset() {
        return offset;
    }

    ByteBuf duplicate(Wire wire) {
        return frames.duplicate(wire);
    }

    ByteBuf view(Wire wire) {
        return frames.view(wire);
    }

    BroadcastFrames retain() {
        frames.retain();
        return this;
    }

    void release() {
        frames.release();
    }
}

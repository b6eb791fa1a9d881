package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.Codec;
import dev.fanfare.delivery.protocol.ServerReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A wire format in a transport: all sessions of one wire can share the bytes of a frame. */
public enum Wire {
    WEBSOCKET_JSON(Codec.JSON, Framing.WEBSOCKET_TEXT, false),
    WEBSOCKET_PROTOBUF(Codec.PROTOBUF, Framing.WEBSOCKET_BINARY, false),
    SSE_JSON(Codec.JSON, Framing.SERVER_SENT_EVENT, true),
    STREAM_JSON(Codec.JSON, Framing.LINE, true),
    STREAM_PROTOBUF(Codec.PROTOBUF, Framing.BYTES, true);

    private final Codec codec;
    private final Framing framing;
    private final boolean oneWay;

    Wire(Codec codec, Framing framing, boolean oneWay) {
        this.codec = codec;
        this.framing = framing;
        this.oneWay = oneWay;
    }

    public Codec codec() {
        return codec;
    }

    /** Whether the client's further commands come as requests of their own ("emulation"). */
    public boolean isOneWay() {
        return oneWay;
    }

    /** One reply as a whole frame. The caller owns the buffer. */
    public ByteBuf frame(ServerReply reply) {
        return frame(codec.encode(reply));
    }

    /** A reply that {@link #codec()} has encoded, as a whole frame. The caller owns the buffer. */
    ByteBuf frame(byte[] encoded) {
        ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(framing.bytes(encoded));
        framing.write(encoded, frame);
        return frame;
    }

    /** How long a reply that {@link #codec()} has encoded is as a whole frame. */
    int frameBytes(byte[] encoded) {
        return framing.bytes(encoded);
    }

    /** Appends a reply that {@link #codec()} has encoded, as a whole frame. */
    void frame(byte[] encoded, ByteBuf out) {
        framing.write(encoded, out);
    }

    /** The ping as a whole frame. The caller owns the buffer. */
    public ByteBuf pingFrame() {
        return frame(codec.ping());
    }
}

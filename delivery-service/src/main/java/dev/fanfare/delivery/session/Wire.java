package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.Codec;
import dev.fanfare.delivery.protocol.ServerReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A wire format in a transport: all sessions of one wire can share the bytes of a frame. */
public enum Wire {
    WEBSOCKET_JSON(Codec.JSON, 0x1),
    WEBSOCKET_PROTOBUF(Codec.PROTOBUF, 0x2);

    private static final int FINAL_FRAGMENT = 0x80;
    private static final int MAX_SHORT = 125;
    private static final int LENGTH_16_BITS = 126;
    private static final int LENGTH_64_BITS = 127;
    private static final int MAX_HEADER = 10;

    private final Codec codec;
    private final int opcode;

    Wire(Codec codec, int opcode) {
        this.codec = codec;
        this.opcode = opcode;
    }

    public Codec codec() {
        return codec;
    }

    /** One reply as a whole frame. The caller owns the buffer. */
    public ByteBuf frame(ServerReply reply) {
        return frame(codec.encode(reply));
    }

    /** The ping as a whole frame. The caller owns the buffer. */
    public ByteBuf pingFrame() {
        return frame(codec.ping());
    }

    /** An unmasked, unfragmented WebSocket frame (RFC 6455, 5.2). */
    private ByteBuf frame(byte[] payload) {
        ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(MAX_HEADER + payload.length);
        frame.writeByte(FINAL_FRAGMENT | opcode);
        if (payload.length <= MAX_SHORT) {
            frame.writeByte(payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.writeByte(LENGTH_16_BITS).writeShort(payload.length);
        } else {
            frame.writeByte(LENGTH_64_BITS).writeLong(payload.length);
        }
        return frame.writeBytes(payload);
    }
}

package dev.fanfare.delivery.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** How a reply stands in a transport's byte stream. */
enum Framing {
    /** An unmasked, unfragmented WebSocket text frame (RFC 6455, 5.2). */
    WEBSOCKET_TEXT {
        @Override
        ByteBuf frame(byte[] payload) {
            return webSocketFrame(0x1, payload);
        }
    },
    /** The same, binary. */
    WEBSOCKET_BINARY {
        @Override
        ByteBuf frame(byte[] payload) {
            return webSocketFrame(0x2, payload);
        }
    },
    /** A server-sent event in a chunk of an HTTP/1.1 response. */
    SERVER_SENT_EVENT {
        @Override
        ByteBuf frame(byte[] payload) {
            return chunk(EVENT_START, payload, EVENT_END);
        }
    },
    /** A line in a chunk of an HTTP/1.1 response. */
    LINE {
        @Override
        ByteBuf frame(byte[] payload) {
            return chunk(NOTHING, payload, LINE_END);
        }
    },
    /** The bytes themselves in a chunk of an HTTP/1.1 response. */
    BYTES {
        @Override
        ByteBuf frame(byte[] payload) {
            return chunk(NOTHING, payload, NOTHING);
        }
    };

    private static final byte[] NOTHING = {};
    private static final byte[] EVENT_START = ascii("data: ");
    private static final byte[] EVENT_END = ascii("\n\n");
    private static final byte[] LINE_END = ascii("\n");
    private static final byte[] CRLF = ascii("\r\n");

    private static final int FINAL_FRAGMENT = 0x80;
    private static final int MAX_SHORT = 125;
    private static final int LENGTH_16_BITS = 126;
    private static final int LENGTH_64_BITS = 127;
    private static final int MAX_HEADER = 10;

    /** The caller owns the buffer. */
    abstract ByteBuf frame(byte[] payload);

    private static ByteBuf webSocketFrame(int opcode, byte[] payload) {
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

    private static ByteBuf chunk(byte[] before, byte[] payload, byte[] after) {
        int length = before.length + payload.length + after.length;
        byte[] size = ascii(Integer.toHexString(length));
        return ByteBufAllocator.DEFAULT
                .directBuffer(size.length + length + 2 * CRLF.length)
                .writeBytes(size)
                .writeBytes(CRLF)
                .writeBytes(before)
                .writeBytes(payload)
                .writeBytes(after)
                .writeBytes(CRLF);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.fanfare.delivery.session;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** How a reply stands in a transport's byte stream. */
enum Framing {
    /** An unmasked, unfragmented WebSocket text frame (RFC 6455, 5.2). */
    WEBSOCKET_TEXT {
        @Override
        int bytes(byte[] payload) {
            return webSocketBytes(payload);
        }

        @Override
        void write(byte[] payload, ByteBuf out) {
            writeWebSocket(0x1, payload, out);
        }
    },
    /** The same, binary. */
    WEBSOCKET_BINARY {
        @Override
        int bytes(byte[] payload) {
            return webSocketBytes(payload);
        }

        @Override
        void write(byte[] payload, ByteBuf out) {
            writeWebSocket(0x2, payload, out);
        }
    },
    /** A server-sent event in a chunk of an HTTP/1.1 response. */
    SERVER_SENT_EVENT {
        @Override
        int bytes(byte[] payload) {
            return chunkBytes(EVENT_START.length + payload.length + EVENT_END.length);
        }

        @Override
        void write(byte[] payload, ByteBuf out) {
            writeChunk(EVENT_START, payload, EVENT_END, out);
        }
    },
    /** A line in a chunk of an HTTP/1.1 response. */
    LINE {
        @Override
        int bytes(byte[] payload) {
            return chunkBytes(payload.length + LINE_END.length);
        }

        @Override
        void write(byte[] payload, ByteBuf out) {
            writeChunk(NOTHING, payload, LINE_END, out);
        }
    },
    /** The bytes themselves in a chunk of an HTTP/1.1 response. */
    BYTES {
        @Override
        int bytes(byte[] payload) {
            return chunkBytes(payload.length);
        }

        @Override
        void write(byte[] payload, ByteBuf out) {
            writeChunk(NOTHING, payload, NOTHING, out);
        }
    };

    private static final byte[] NOTHING = {};
    private static final byte[] EVENT_START = ascii("data: ");
    private static final byte[] EVENT_END = ascii("\n\n");
    private static final byte[] LINE_END = ascii("\n");
    private static final byte[] CRLF = ascii("\r\n");

    private static final int FINAL_FRAGMENT = 0x80;
    private static final int MAX_SHORT = 125;
    private static final int MAX_16_BITS = 0xFFFF;
    private static final int LENGTH_16_BITS = 126;
    private static final int LENGTH_64_BITS = 127;
    private static final int HEX_DIGIT_BITS = 4;

    /** The length of the frame around this payload. */
    abstract int bytes(byte[] payload);

    /** Appends the frame. */
    abstract void write(byte[] payload, ByteBuf out);

    private static int webSocketBytes(byte[] payload) {
        int header;
        if (payload.length <= MAX_SHORT) {
            header = 2;
        } else {
            header = payload.length <= MAX_16_BITS ? 2 + Short.BYTES : 2 + Long.BYTES;
        }
        return header + payload.length;
    }

    private static void writeWebSocket(int opcode, byte[] payload, ByteBuf out) {
        out.writeByte(FINAL_FRAGMENT | opcode);
        if (payload.length <= MAX_SHORT) {
            out.writeByte(payload.length);
        } else if (payload.length <= MAX_16_BITS) {
            out.writeByte(LENGTH_16_BITS).writeShort(payload.length);
        } else {
            out.writeByte(LENGTH_64_BITS).writeLong(payload.length);
        }
        out.writeBytes(payload);
    }

    private static int chunkBytes(int length) {
        int digits = Math.max(
                1, (Integer.SIZE - Integer.numberOfLeadingZeros(length) + HEX_DIGIT_BITS - 1) / HEX_DIGIT_BITS);
        return digits + length + 2 * CRLF.length;
    }

    private static void writeChunk(byte[] before, byte[] payload, byte[] after, ByteBuf out) {
        out.writeBytes(ascii(Integer.toHexString(before.length + payload.length + after.length)))
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

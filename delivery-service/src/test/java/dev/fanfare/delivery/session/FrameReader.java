package dev.fanfare.delivery.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the server's WebSocket frames from bytes that come in any pieces. */
final class FrameReader {

    private static final int LENGTH_16_BITS = 126;
    private static final int LENGTH_64_BITS = 127;

    private final ClientFormat format;
    private final ByteBuf in = Unpooled.buffer();

    FrameReader(ClientFormat format) {
        this.format = format;
    }

    /** Whether a part of a frame waits for the rest. */
    boolean isInFrame() {
        return in.isReadable();
    }

    /** What is told by all frames that are whole now. */
    List<Told> read(byte[] bytes) throws IOException {
        in.writeBytes(bytes);
        List<Told> told = new ArrayList<>();
        for (byte[] message = next(); message != null; message = next()) {
            told.addAll(format.read(message));
        }
        in.discardReadBytes();
        return told;
    }

    /** Null while only a part of it has come. */
    private byte[] next() {
        in.markReaderIndex();
        if (in.readableBytes() < 2) {
            return null;
        }
        int firstByte = in.readUnsignedByte();
        if (firstByte != format.firstByte()) {
            throw new AssertionError("this does not begin a frame: " + firstByte);
        }
        int shortLength = in.readUnsignedByte();
        int more = shortLength == LENGTH_16_BITS ? Short.BYTES : shortLength == LENGTH_64_BITS ? Long.BYTES : 0;
        if (in.readableBytes() >= more) {
            long length = more == 0 ? shortLength : more == Short.BYTES ? in.readUnsignedShort() : in.readLong();
            if (in.readableBytes() >= length) {
                byte[] message = ByteBufUtil.getBytes(in, in.readerIndex(), (int) length);
                in.skipBytes((int) length);
                return message;
            }
        }
        in.resetReaderIndex();
        return null;
    }
}

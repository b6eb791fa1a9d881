package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A connection in memory that behaves as a Netty channel over a socket: the pipe takes as many bytes as it has room for,
 * what does not fit waits at the server, and beyond a bound the link is not writable. As with Netty, the session is told
 * that it is writable again in the middle of the write or flush that made it so.
 */
final class PipeLink implements Link {

    private final EventLoop loop;
    private final Wire wire;
    private final int highWater;
    private int capacity;
    private Session session;

    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    private int waitingFlushed;
    private long pendingBytes;
    private boolean writable = true;
    private boolean draining;

    private final ByteBuf pipe = Unpooled.buffer();
    private boolean closing;
    private boolean gone;
    private CloseCode closeCode;

    /**
     * @param capacity bytes between server and client
     * @param highWater bytes that may wait at the server while it counts as writable
     */
    PipeLink(EventLoop loop, Wire wire, int capacity, int highWater) {
        this.loop = loop;
        this.wire = wire;
        this.capacity = capacity;
        this.highWater = highWater;
    }

    void serve(Session served) {
        this.session = served;
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public void write(ByteBuf frame) {
        if (gone || closing) {
            frame.release();
            return;
        }
        ByteBuf copy = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(frame));
        frame.release();
        waiting.add(copy);
        pendingBytes += copy.readableBytes();
        if (pendingBytes > highWater) {
            writable = false;
        }
    }

    @Override
    public void flush() {
        waitingFlushed = waiting.size();
        drain();
    }

    @Override
    public void writeShared(ByteBuf bytes) {
        if (gone || closing) {
            return;
        }
        int length = bytes.readableBytes();
        int sent = pendingBytes == 0 ? Math.min(length, room()) : 0;
        pipe.writeBytes(bytes, bytes.readerIndex(), sent);
        if (sent < length) {
            write(bytes.retainedSlice(bytes.readerIndex() + sent, length - sent));
            flush();
        }
    }

    private int room() {
        return Math.max(0, capacity - pipe.readableBytes());
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (waitingFlushed > 0 && room() > 0) {
            ByteBuf first = waiting.element();
            pipe.writeBytes(first, Math.min(first.readableBytes(), room()));
            if (!first.isReadable()) {
                // A frame counts as pending until its last byte has left.
                waiting.remove();
                waitingFlushed--;
                pendingBytes -= first.writerIndex();
                if (!writable && pendingBytes <= highWater / 2) {
                    writable = true;
                    session.onWritable();
                }
            }
        }
        draining = false;
    }

    @Override
    public boolean isWritable() {
        return writable && !gone && !closing;
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public boolean isAllTaken() {
        return !gone && pendingBytes == 0 && !pipe.isReadable();
    }

    @Override
    public void close(CloseCode code) {
        closeCode = code;
        closing = true;
        flush();
        if (code == CloseCode.SLOW) {
            forgetWaiting();
        }
    }

    private void forgetWaiting() {
        waiting.clear();
        waitingFlushed = 0;
        pendingBytes = 0;
    }

    /** The connection has ended on the server's side; what is in the pipe may still arrive. */
    void breakOff() {
        forgetWaiting();
        closing = true;
        gone = true;
    }

    /** Whether something was written that nobody has sent on its way. */
    boolean hasUnflushed() {
        return !gone && waiting.size() > waitingFlushed;
    }

    /** From now on everything fits. */
    void widen() {
        capacity = Integer.MAX_VALUE;
    }

    /** The system says that there is room again. On the event loop. */
    void onRoom() {
        drain();
    }

    /** The client's end: takes bytes out of the pipe. */
    byte[] take(int atMost) {
        byte[] taken = new byte[Math.min(atMost, pipe.readableBytes())];
        pipe.readBytes(taken);
        pipe.discardReadBytes();
        return taken;
    }

    /** Whether the client has seen the end of the connection. */
    boolean isOver() {
        return closing && waiting.isEmpty() && !pipe.isReadable();
    }

    /** Null unless the server said why it ends. */
    CloseCode closeCode() {
        return closeCode;
    }
}

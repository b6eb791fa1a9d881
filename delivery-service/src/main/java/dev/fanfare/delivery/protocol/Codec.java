package dev.fanfare.delivery.protocol;

import java.util.List;

/** One of the protocol's two wire formats. Thread-safe, stateless. */
public sealed interface Codec permits JsonCodec, ProtobufCodec {

    Codec JSON = new JsonCodec();
    Codec PROTOBUF = new ProtobufCodec();

    /**
     * Reads the commands of one frame, in order.
     *
     * @throws BadFrameException if the bytes are not commands of this format
     */
    List<ClientCommand> decode(byte[] frame) throws BadFrameException;

    /** One reply, ready to stand in a frame beside others. */
    byte[] encode(ServerReply reply);

    /** The empty reply, which clients must answer. Shared: do not change it. */
    byte[] ping();

    /** What a client sent cannot be read; the connection is of no use any more. */
    final class BadFrameException extends Exception {
        BadFrameException(Throwable cause) {
            super("not a frame of the client protocol", cause);
        }
    }
}

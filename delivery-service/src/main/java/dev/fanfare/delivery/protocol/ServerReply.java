package dev.fanfare.delivery.protocol;

import java.util.List;

/** What a client is told. */
public sealed interface ServerReply {

    /**
     * The connection is live.
     *
     * @param ttlSeconds until the token expires and the client must refresh it
     * @param pingSeconds how often the server sends a ping, which the client must answer; 0 for never
     * @param emulation how to send further commands where the connection itself cannot; null where it can
     */
    record Connected(
            int id,
            String client,
            long ttlSeconds,
            int pingSeconds,
            List<Subscription> subscriptions,
            Emulation emulation)
            implements ServerReply {}

    /** Where commands of a one-way connection go: the node that has it, and its key there. */
    record Emulation(String node, String session) {}

    /** The connection ends; for transports that have no close frame to say so. */
    record Disconnected(CloseCode code) implements ServerReply {}

    /**
     * The command with this id failed.
     *
     * @param text why, for who wrote the client
     */
    record Failed(int id, ErrorCode error, String text) implements ServerReply {

        public Failed(int id, ErrorCode error) {
            this(id, error, error.message());
        }
    }

    /** The newer token is good for {@code ttlSeconds}. */
    record Refreshed(int id, String client, long ttlSeconds) implements ServerReply {}

    /** @param data JSON */
    record RpcResult(int id, byte[] data) implements ServerReply {}

    /** A publication in one of the client's channels. */
    record Published(String channel, Publication publication) implements ServerReply {}

    /**
     * Where the client is in a channel from now on; what it is told next follows there. SDKs replace the position that they
     * remember of it.
     */
    record Repositioned(String channel, String epoch, long offset) implements ServerReply {}

    /**
     * A message in a channel.
     *
     * @param offset 0 where the channel has no positions
     * @param data JSON on one line
     */
    record Publication(long offset, byte[] data) {}

    /** A channel that the server subscribed the client to. */
    sealed interface Subscription {

        String channel();

        /** Messages of this channel are told once and cannot be recovered. */
        record Live(String channel) implements Subscription {}

        /**
         * A channel with positions.
         *
         * @param wasRecovering whether {@code recovered} means anything
         * @param recovered {@code publications} are all that the client missed
         * @param offset the position after {@code publications}
         */
        record Positioned(
                String channel,
                String epoch,
                long offset,
                boolean wasRecovering,
                boolean recovered,
                List<Publication> publications)
                implements Subscription {}
    }
}

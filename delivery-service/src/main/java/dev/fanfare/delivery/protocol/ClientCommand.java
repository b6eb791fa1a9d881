package dev.fanfare.delivery.protocol;

import java.util.Map;

/** What a client says. Ids pair replies with commands; commands without an id get no reply. */
public sealed interface ClientCommand {

    /**
     * The first command of a connection.
     *
     * @param data what the app gave to the SDK, JSON; empty if nothing
     * @param positions channel to the position from which the client wants to recover; absent for a client that
     *     remembers nothing
     */
    record Connect(int id, String token, byte[] data, Map<String, Position> positions) implements ClientCommand {}

    /** The answer to a ping: the empty command. */
    record Pong() implements ClientCommand {}

    /** A newer token for the same user. */
    record Refresh(int id, String token) implements ClientCommand {}

    /** A call of a server method. */
    record Rpc(int id, String method, byte[] data) implements ClientCommand {}

    /** A message that wants no reply. */
    record Send() implements ClientCommand {}

    /** A command of the protocol that this server does not offer. */
    record NotAvailable(int id) implements ClientCommand {}

    /** An id with no command that we know. */
    record Unknown(int id) implements ClientCommand {}

    /** How far a client has read a channel: all up to {@code offset} of {@code epoch}. */
    record Position(String epoch, long offset) {}
}

package dev.fanfare.delivery.session;

import io.smallrye.mutiny.Uni;

/**
 * What clients may call beside what concerns their session alone. Called on the session's event loop, must not block; the
 * answer may come on any thread, is written on that loop, and is thrown away if the session has ended by then. A failure
 * is told as one that passes.
 */
public interface ClientCalls {

    /** @param data JSON as the client sent it; empty if nothing */
    Uni<Outcome> call(SessionInfo session, String method, byte[] data);

    /** What a client is answered. */
    sealed interface Outcome {

        /** As asked. */
        record Done() implements Outcome {}

        /** @param text what is wrong with the call, for who wrote the app; nothing that the client sent */
        record Refused(String text) implements Outcome {}

        /** The client's earlier call must end first. */
        record TooMany() implements Outcome {}

        /** There is no such method. */
        record Unknown() implements Outcome {}
    }
}

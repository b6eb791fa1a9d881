package dev.fanfare.delivery.window;

import java.util.concurrent.CompletionStage;

/** Who knows what came before a node's part of the stream. */
public interface KeptSource {

    /** Completes when it is known, however long that takes. */
    CompletionStage<KeptState> load();
}

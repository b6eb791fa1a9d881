package dev.fanfare.gateway.broadcast;

import java.util.Map;

/** What became of a change of a broadcast. */
public sealed interface BroadcastChange {

    /** Done; how it stands now. */
    record Done(Map<String, Object> fields) implements BroadcastChange {}

    /** The app has no such broadcast. */
    record Unknown() implements BroadcastChange {}

    /** @param text why its state does not allow it, for the caller */
    record NotNow(String text) implements BroadcastChange {}
}

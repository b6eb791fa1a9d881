package dev.fanfare.benchmark.kills;

import java.util.List;
import java.util.Set;

/**
 * What a user with one device was sent, and what came of it.
 *
 * @param due in the order of sending
 * @param received ids of messages in the order in which the app showed them
 * @param pushed ids of the pushes that the device's provider took, each once
 */
record Account(Kind kind, List<Due> due, List<String> received, Set<String> pushed) {

    /** What becomes of a user's connection. */
    enum Kind {
        ONLINE("online"),
        HALF_OPEN("behind a cable that is cut"),
        OFFLINE("offline");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * A message that was accepted.
     *
     * @param away whether the device could not be reached when it was sent, nor soon after: a push must tell of it
     */
    record Due(String messageUid, boolean away) {}
}

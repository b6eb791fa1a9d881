package dev.fanfare.broadcast.online;

import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.runtime.intake.Received;

/** The id of the message that a command makes. */
public final class GivenUid {

    private static final String EVERYBODY = "";

    private GivenUid() {}

    /** What the writer gave, or one that the same command always has. */
    public static String of(Received<?> received, String given) {
        return given != null
                ? given
                : MessageUid.derived(received.time().toEpochMilli(), received.appKey(), received.id(), EVERYBODY);
    }
}

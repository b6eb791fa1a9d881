package dev.fanfare.delivery.limit;

import dev.fanfare.delivery.presence.PresenceEntry;
import dev.fanfare.delivery.session.SessionInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule: which sessions of a user are too many now that one more came. A pure function.
 *
 * <p>The newcomer stays, and beside it the latest ones that fit, by the time at which they connected and then by id; the
 * others go. The limit per device counts only sessions that named the same device.
 *
 * @param perUser 0: no limit
 * @param perDevice 0: no limit
 */
record SessionLimits(int perUser, int perDevice) {

    /** Whether there is a limit for such a session. */
    boolean concern(SessionInfo newcomer) {
        return perUser > 0 || perDevice > 0 && newcomer.namedItsDevice();
    }

    /**
     * The sessions that must go, each once.
     *
     * @param entries the sessions of the newcomer's user; whether its own is among them does not matter
     */
    List<PresenceEntry> exceeded(SessionInfo newcomer, List<PresenceEntry> entries) {
        List<PresenceEntry> others = entries.stream()
                .filter(entry -> !entry.sessionId().equals(newcomer.sessionId()))
                .sorted(PresenceEntry.LATEST_FIRST)
                .toList();
        List<PresenceEntry> leave = new ArrayList<>();
        if (perDevice > 0 && newcomer.namedItsDevice()) {
            leave.addAll(allBut(
                    perDevice - 1,
                    others.stream()
                            .filter(entry -> newcomer.deviceId().equals(entry.device()))
                            .toList()));
        }
        if (perUser > 0) {
            leave.addAll(allBut(
                    perUser - 1,
                    others.stream().filter(entry -> !leave.contains(entry)).toList()));
        }
        return leave;
    }

    private static List<PresenceEntry> allBut(int kept, List<PresenceEntry> latestFirst) {
        return latestFirst.stream().skip(kept).toList();
    }
}

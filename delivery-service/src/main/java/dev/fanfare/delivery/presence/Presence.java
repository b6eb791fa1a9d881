package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.user.UserKey;
import java.util.List;
import java.util.Map;

/**
 * What presence says about some users at one moment.
 *
 * @param live the sessions on nodes that are alive, the latest connected first; only users who have any
 * @param settled false: Redis lost its data a moment ago, so that sessions may be missing
 */
public record Presence(Map<UserKey, List<PresenceEntry>> live, boolean settled) {

    /** Empty if the user has no live session. */
    public List<PresenceEntry> of(UserKey user) {
        return live.getOrDefault(user, List.of());
    }
}

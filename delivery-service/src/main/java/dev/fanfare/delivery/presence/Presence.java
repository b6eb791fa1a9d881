package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.user.UserKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What presence says about some users at one moment.
 *
 * @param live the sessions on nodes that are alive, the latest connected first; only users who have any
 * @param settled false: Redis lost its data a moment ago, so that sessions may be missing
 */
public record Presence(Map<UserKey, List<PresenceEntry>> live, boolean settled) {

    /** What it says about these of them. */
    Presence only(Collection<UserKey> users) {
        Map<UserKey, List<PresenceEntry>> some = new HashMap<>();
        users.stream().filter(live::containsKey).forEach(user -> some.put(user, live.get(user)));
        return new Presence(some, settled);
    }

    /** Empty if the user has no live session. */
    public List<PresenceEntry> of(UserKey user) {
        return live.getOrDefault(user, List.of());
    }
}

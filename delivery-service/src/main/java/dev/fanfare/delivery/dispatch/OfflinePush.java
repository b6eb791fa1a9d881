package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.dispatch.Decision.ToMailbox;
import dev.fanfare.delivery.presence.PresenceEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The rule for a push to many users, whose message, if there is one, comes by another way: the devices of a user who has
 * no session get it now. For one who has, the node with the latest session is to find out whether it is alive: one sign
 * of life is enough, so nobody else is asked unless there is none. A pure function.
 */
public final class OfflinePush {

    private OfflinePush() {}

    /**
     * @param devices of a user id, those that the push is meant for; empty if there are none
     * @param sessions the live sessions of a user id, the latest first; empty if there are none, or nobody asks for them
     */
    public static Decision decide(
            DirectDelivery delivery,
            Function<String, List<String>> devices,
            Function<String, List<PresenceEntry>> sessions) {
        Map<Integer, List<String>> toProve = new LinkedHashMap<>();
        List<PushJob> pushes = new ArrayList<>();
        for (String user : delivery.userIds()) {
            List<String> reachable = devices.apply(user);
            if (reachable.isEmpty()) {
                continue;
            }
            List<PresenceEntry> open = sessions.apply(user);
            if (open.isEmpty()) {
                pushes.add(new PushJob(
                        delivery.appKey(),
                        user,
                        reachable,
                        delivery.message(),
                        delivery.push(),
                        null,
                        null,
                        null,
                        delivery.recalls(),
                        true));
            } else {
                toProve.computeIfAbsent(open.get(0).mailbox(), some -> new ArrayList<>())
                        .add(user);
            }
        }
        List<ToMailbox> toMailboxes = toProve.entrySet().stream()
                .map(slot -> new ToMailbox(slot.getKey(), delivery.forUsers(slot.getValue()), null, null))
                .toList();
        return new Decision(toMailboxes, pushes, List.of(), 0);
    }
}

package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.dispatch.Decision.ToMailbox;
import dev.fanfare.delivery.presence.PresenceEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rule for messages of the moment: each mailbox that has sessions of the users gets them, once. A pure function. */
public final class OnlineOnly {

    private OnlineOnly() {}

    /** @param sessions the live sessions of a user id; empty if there are none */
    public static Decision decide(DirectDelivery delivery, Function<String, List<PresenceEntry>> sessions) {
        Map<Integer, List<String>> users = new LinkedHashMap<>();
        int notOnline = 0;
        for (String user : delivery.userIds()) {
            List<Integer> mailboxes = sessions.apply(user).stream()
                    .map(PresenceEntry::mailbox)
                    .distinct()
                    .toList();
            mailboxes.forEach(mailbox ->
                    users.computeIfAbsent(mailbox, some -> new ArrayList<>()).add(user));
            notOnline += mailboxes.isEmpty() ? 1 : 0;
        }
        List<ToMailbox> toMailboxes = users.entrySet().stream()
                .map(slot -> new ToMailbox(slot.getKey(), delivery.forUsers(slot.getValue()), null, null))
                .toList();
        return new Decision(toMailboxes, List.of(), List.of(), notOnline);
    }
}

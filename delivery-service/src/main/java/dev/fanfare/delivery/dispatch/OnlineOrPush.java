package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.presence.PresenceEntry;
import dev.fanfare.delivery.push.PushRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The rule: what becomes of a delivery, given where its users are. A pure function.
 *
 * <p>A user with sessions goes to each mailbox that they are in, once. The mailbox of the latest session gets the delivery
 * as it is and with it the duty to fall back; the others get it {@code ONLINE_ONLY}. A user without sessions gets what the
 * policy says: nothing, or a push, or an outcome that the message has no push.
 */
public final class OnlineOrPush {

    private OnlineOrPush() {}

    /**
     * @param sessions the live sessions of a user id, the latest first; empty if there are none
     * @param now ms since 1970, for the outcomes
     */
    public static Decision decide(DirectDelivery delivery, Function<String, List<PresenceEntry>> sessions, long now) {
        Map<Slot, List<String>> slots = new LinkedHashMap<>();
        List<PushJob> pushes = new ArrayList<>();
        List<DeliveryOutcome> outcomes = new ArrayList<>();
        int notOnline = 0;
        for (String user : delivery.userIds()) {
            List<Integer> mailboxes = sessions.apply(user).stream()
                    .map(PresenceEntry::mailbox)
                    .distinct()
                    .toList();
            for (int i = 0; i < mailboxes.size(); i++) {
                DeliveryPolicy policy = i == 0 ? delivery.policy() : DeliveryPolicy.ONLINE_ONLY;
                slots.computeIfAbsent(new Slot(mailboxes.get(i), policy), slot -> new ArrayList<>())
                        .add(user);
            }
            if (!mailboxes.isEmpty()) {
                continue;
            }
            switch (delivery.policy()) {
                case ONLINE_ONLY -> notOnline++;
                case ONLINE_ELSE_PUSH -> {
                    if (PushRule.hasPush(delivery)) {
                        pushes.add(new PushJob(delivery.appKey(), user, null, delivery.message(), delivery.push()));
                    } else {
                        outcomes.add(notPushed(delivery, user, now));
                    }
                }
            }
        }
        List<ToMailbox> toMailboxes = slots.entrySet().stream()
                .map(slot -> toMailbox(slot.getKey(), delivery, slot.getValue()))
                .toList();
        return new Decision(toMailboxes, pushes, outcomes, notOnline);
    }

    private static ToMailbox toMailbox(Slot slot, DirectDelivery delivery, List<String> users) {
        DirectDelivery part = slot.policy == delivery.policy()
                ? delivery.forUsers(users)
                : new DirectDelivery(delivery.appKey(), slot.policy, users, delivery.message(), null);
        return new ToMailbox(slot.mailbox, part);
    }

    private static DeliveryOutcome notPushed(DirectDelivery delivery, String user, long now) {
        return DeliveryOutcome.ofUser(
                delivery.appKey(),
                user,
                delivery.message().messageUID(),
                Kind.DROPPED,
                "the message has no push notification",
                now);
    }

    private record Slot(int mailbox, DeliveryPolicy policy) {}

    /** A delivery for the mailbox of some node. */
    public record ToMailbox(int mailbox, DirectDelivery delivery) {}

    /**
     * What is to be done.
     *
     * @param notOnline users whom the message does not reach and is not meant to
     */
    public record Decision(
            List<ToMailbox> toMailboxes, List<PushJob> pushes, List<DeliveryOutcome> outcomes, int notOnline) {}
}

package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.dispatch.Decision.ToMailbox;
import dev.fanfare.delivery.presence.PresenceEntry;
import dev.fanfare.delivery.push.PushRule;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rule for messages that are kept, given where their user is. A pure function.
 *
 * <p>Each mailbox that has sessions of the user gets the message, once, and with it the duty for the devices that are
 * there: one that does not confirm the message gets a push. A device that is nowhere gets its push now.
 */
public final class OnlineOrPush {

    private OnlineOrPush() {}

    /**
     * @param sessions the user's live sessions; empty if there are none
     * @param now ms since 1970, for the outcomes
     */
    public static Decision decide(KeptMessage message, List<PresenceEntry> sessions, long now) {
        Map<Integer, Set<String>> devices = new LinkedHashMap<>();
        Set<String> away = new LinkedHashSet<>(message.pushDevices());
        for (PresenceEntry session : sessions) {
            Set<String> there = devices.computeIfAbsent(session.mailbox(), none -> new LinkedHashSet<>());
            if (message.pushDevices().contains(session.device())) {
                there.add(session.device());
                away.remove(session.device());
            }
        }
        List<ToMailbox> toMailboxes = devices.entrySet().stream()
                .map(slot -> new ToMailbox(
                        slot.getKey(), message.delivery(), message.position().place(), List.copyOf(slot.getValue())))
                .toList();
        boolean nothingToDo = toMailboxes.isEmpty() && away.isEmpty();
        return new Decision(
                toMailboxes, push(message, away), nothingToDo ? List.of(dropped(message, now)) : List.of(), 0);
    }

    private static DeliveryOutcome dropped(KeptMessage message, long now) {
        return DeliveryOutcome.ofUser(
                message.user().appKey(),
                message.user().userId(),
                message.delivery().message().messageUID(),
                Kind.DROPPED,
                PushRule.hasPush(message.delivery())
                        ? "the user is not online and has no device for a push"
                        : "the user is not online and the message has no push notification",
                now);
    }

    private static List<PushJob> push(KeptMessage message, Set<String> devices) {
        DirectDelivery delivery = message.delivery();
        return devices.isEmpty()
                ? List.of()
                : List.of(new PushJob(
                        delivery.appKey(),
                        delivery.userIds().get(0),
                        List.copyOf(devices),
                        delivery.message(),
                        delivery.push(),
                        null,
                        null,
                        message.position().place(),
                        delivery.recalls(),
                        null));
    }
}

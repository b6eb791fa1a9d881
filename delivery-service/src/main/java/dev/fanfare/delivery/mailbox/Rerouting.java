package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.dispatch.Decision;
import dev.fanfare.delivery.dispatch.DecisionRecords;
import dev.fanfare.delivery.dispatch.KeptMessage;
import dev.fanfare.delivery.dispatch.OfflinePush;
import dev.fanfare.delivery.dispatch.OnlineOnly;
import dev.fanfare.delivery.dispatch.OnlineOrPush;
import dev.fanfare.delivery.dispatch.PushDevices;
import dev.fanfare.delivery.dispatch.Unconfirmed;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.presence.OwnSessions;
import dev.fanfare.delivery.presence.Presence;
import dev.fanfare.delivery.presence.PresenceEntry;
import dev.fanfare.delivery.presence.PresenceLookup;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.trace.Tracing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends on what did not find its users here: presence is asked again, {@link MailboxRule} says whom to believe, and what
 * follows is the same rule as at dispatch.
 */
@ApplicationScoped
class Rerouting {

    /**
     * Before a record goes back to a mailbox of this same node: presence still names it although the session is not, or
     * no more, reached through it. Whoever holds the session is announcing it elsewhere in this moment.
     */
    private static final Duration BEFORE_NEXT_ROUND = Duration.ofMillis(200);

    private final PresenceLookup presence;
    private final DecisionRecords records;
    private final HeldMailboxes held;
    private final Unconfirmed unconfirmed;
    private final PushDevices devices;
    private final MailboxRule rule;

    Rerouting(
            PresenceLookup presence,
            Unconfirmed unconfirmed,
            PushDevices devices,
            DecisionRecords records,
            HeldMailboxes held,
            NodeIdentity node,
            OwnSessions sessions) {
        this.presence = presence;
        this.unconfirmed = unconfirmed;
        this.devices = devices;
        this.records = records;
        this.held = held;
        this.rule = new MailboxRule(node.id(), sessions::contains);
    }

    Uni<List<OutRecord>> of(List<Unreached> unreached) {
        if (unreached.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Set<UserKey> users = new HashSet<>();
        unreached.forEach(
                missed -> missed.delivery().userIds().forEach(user -> users.add(key(missed.delivery(), user))));
        return presence.settled(users)
                .call(found -> presence.remove(stale(found)))
                .map(found -> {
                    List<OutRecord> out = new ArrayList<>();
                    unreached.forEach(missed -> out.addAll(decide(missed, found)));
                    return out;
                })
                .flatMap(this::beforeNextRound);
    }

    /**
     * The same for a message of an inbox.
     *
     * @param reached whether the user had a session here: then it is about the devices that did not confirm, otherwise
     *     about all of the user's sessions
     */
    Uni<List<OutRecord>> of(UnconfirmedMessage missed, boolean reached) {
        return unconfirmed
                .of(List.of(missed.message()))
                .map(left -> left.get(0))
                .flatMap(message -> reached && message.pushDevices().isEmpty()
                        ? Uni.createFrom().item(delivered(missed.message(), message))
                        : presence.settledTogether(List.of(message.user()))
                                .call(found -> presence.remove(stale(found)))
                                .map(found -> decide(missed, message, reached, found))
                                .flatMap(this::beforeNextRound));
    }

    /** Whoever kept what those devices confirmed may have ended before it was told. */
    private static List<OutRecord> delivered(KeptMessage before, KeptMessage left) {
        long now = System.currentTimeMillis();
        return before.pushDevices().stream()
                .filter(device -> !left.pushDevices().contains(device))
                .map(device -> Outcomes.record(DeliveryOutcome.delivered(
                        before.user().appKey(),
                        before.user().userId(),
                        device,
                        before.delivery().message().messageUID(),
                        now)))
                .toList();
    }

    /**
     * The same for a push to users who did not show here to be online.
     *
     * @param reroutes how often its record was sent on so far
     */
    Uni<List<OutRecord>> toPush(String key, DirectDelivery missed, int reroutes) {
        List<UserKey> users =
                missed.userIds().stream().map(user -> key(missed, user)).toList();
        return Uni.combine()
                .all()
                .unis(
                        presence.settledTogether(users).call(found -> presence.remove(stale(found))),
                        devices.of(List.of(missed)))
                .with((found, reachable) -> records.ofPush(
                        missed,
                        OfflinePush.decide(
                                missed,
                                user -> reachable.of(missed, user),
                                user -> rule.worthSendingOn(found.of(key(missed, user)), reroutes)),
                        key,
                        reroutes + 1))
                .flatMap(this::beforeNextRound);
    }

    private List<OutRecord> decide(UnconfirmedMessage missed, KeptMessage message, boolean reached, Presence found) {
        List<PresenceEntry> sessions = rule.worthSendingOn(found.of(message.user()), missed.reroutes()).stream()
                .filter(entry -> !reached || message.pushDevices().contains(entry.device()))
                .toList();
        Decision decision = OnlineOrPush.decide(message, sessions, System.currentTimeMillis());
        List<OutRecord> out = new ArrayList<>(delivered(missed.message(), message));
        // Not "dropped", if a device has it.
        out.addAll(
                records.of(out.isEmpty() ? decision : decision.withoutOutcomes(), missed.key(), missed.reroutes() + 1));
        return Tracing.carried(missed.span(), out);
    }

    private Uni<List<OutRecord>> beforeNextRound(List<OutRecord> out) {
        Uni<List<OutRecord>> records = Uni.createFrom().item(out);
        return out.stream().anyMatch(this::comesBack)
                ? records.onItem().delayIt().by(BEFORE_NEXT_ROUND)
                : records;
    }

    private List<OutRecord> decide(Unreached missed, Presence found) {
        DirectDelivery delivery = missed.delivery();
        Decision decision = OnlineOnly.decide(
                delivery, user -> rule.worthSendingOn(found.of(key(delivery, user)), missed.reroutes()));
        return Tracing.carried(
                missed.span(),
                records.ofMoment(delivery, decision, missed.source(), missed.key(), missed.reroutes() + 1));
    }

    private Map<UserKey, List<PresenceEntry>> stale(Presence found) {
        Map<UserKey, List<PresenceEntry>> stale = new HashMap<>();
        found.live().forEach((user, entries) -> stale.put(user, rule.stale(entries)));
        return stale;
    }

    private boolean comesBack(OutRecord record) {
        return record.partition() != null && held.holds(record.partition());
    }

    private static UserKey key(DirectDelivery delivery, String user) {
        return new UserKey(delivery.appKey(), user);
    }
}

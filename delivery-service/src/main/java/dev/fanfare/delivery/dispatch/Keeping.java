package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.inbox.Inboxes;
import dev.fanfare.delivery.inbox.NewMessage;
import dev.fanfare.delivery.inbox.ReplacedMessage;
import dev.fanfare.delivery.inbox.Stored;
import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.delivery.recall.Recall;
import dev.fanfare.delivery.recall.RecalledMessages;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts deliveries into their users' inboxes and finds out which devices depend on them. A recall is kept like any other,
 * and stands in the place of what it takes back. Fails while PostgreSQL is away;
 * doing it again is right.
 */
@ApplicationScoped
class Keeping {

    private final Inboxes inboxes;
    private final PushDevices devices;
    private final RecalledMessages recalled;
    private final Unconfirmed unconfirmed;

    Keeping(Inboxes inboxes, PushDevices devices, RecalledMessages recalled, Unconfirmed unconfirmed) {
        this.inboxes = inboxes;
        this.devices = devices;
        this.recalled = recalled;
        this.unconfirmed = unconfirmed;
    }

    /** In the order of the deliveries. */
    Uni<List<KeptMessage>> keep(List<DirectDelivery> deliveries) {
        if (deliveries.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<DirectDelivery> recalls = deliveries.stream()
                .filter(delivery -> delivery.recalls() != null)
                .toList();
        return Uni.combine()
                .all()
                .unis(
                        recalled.add(recalls.stream().map(Keeping::recall).toList())
                                .chain(() -> inboxes.store(deliveries.stream()
                                        .map(Keeping::message)
                                        .toList()))
                                // What a recall is about may have been stored with it.
                                .call(() -> inboxes.replace(recalls.stream()
                                        .map(Keeping::replacement)
                                        .toList())),
                        devices.of(deliveries))
                .asTuple()
                .flatMap(both -> {
                    List<KeptMessage> kept = kept(deliveries, both.getItem1(), both.getItem2());
                    // Only what is here again can have been confirmed.
                    return both.getItem1().stream().anyMatch(Stored::again)
                            ? unconfirmed.of(kept)
                            : Uni.createFrom().item(kept);
                });
    }

    /** Of this user's inbox only: others may have the message too, as one to several. */
    private static Recall recall(DirectDelivery recall) {
        return new Recall(new MessageKey(recall.appKey(), recall.recalls()), Optional.empty());
    }

    private static ReplacedMessage replacement(DirectDelivery recall) {
        return new ReplacedMessage(
                Deliveries.user(recall), recall.recalls(), recall.message().forClients());
    }

    private static NewMessage message(DirectDelivery delivery) {
        return new NewMessage(
                Deliveries.user(delivery),
                delivery.message().messageUID(),
                delivery.message().sentTime(),
                delivery.message().forClients());
    }

    private static List<KeptMessage> kept(
            List<DirectDelivery> deliveries, List<Stored> stored, PushDevices.Found devices) {
        List<KeptMessage> kept = new ArrayList<>();
        for (int i = 0; i < deliveries.size(); i++) {
            DirectDelivery delivery = deliveries.get(i);
            kept.add(new KeptMessage(
                    delivery,
                    stored.get(i).position(),
                    devices.of(delivery, delivery.userIds().get(0))));
        }
        return kept;
    }
}

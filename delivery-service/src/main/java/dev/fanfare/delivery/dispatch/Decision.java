package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.InboxPlace;
import dev.fanfare.contracts.delivery.PushJob;
import java.util.List;

/**
 * What is to be done with a delivery.
 *
 * @param notOnline users whom the message does not reach and is not meant to
 */
public record Decision(
        List<ToMailbox> toMailboxes, List<PushJob> pushes, List<DeliveryOutcome> outcomes, int notOnline) {

    /** The same, its pushes as some of very many. */
    Decision inBulk() {
        return new Decision(toMailboxes, pushes.stream().map(PushJob::inBulk).toList(), outcomes, notOnline);
    }

    /** The same without a word on what became of the message. */
    public Decision withoutOutcomes() {
        return new Decision(toMailboxes, pushes, List.of(), notOnline);
    }

    /**
     * A delivery for the mailbox of some node.
     *
     * @param inbox null for a message of the moment
     * @param pushDevices null for a message of the moment
     */
    public record ToMailbox(int mailbox, DirectDelivery delivery, InboxPlace inbox, List<String> pushDevices) {}
}

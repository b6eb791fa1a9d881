package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.ServerReply.Publication;
import dev.fanfare.delivery.protocol.ServerReply.Subscription;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.CatchUp;
import java.util.List;

/**
 * How a {@link CatchUp} is told: which part of it in the connect reply and which as live publications right after it.
 *
 * <p>A complete catch-up is "recovered" with its publications, as many as one frame may hold (a client may refuse frames
 * above 1 MiB); the rest follows live. An incomplete one is "not recovered" with no publications at all, for SDKs treat
 * those differently, and all that is still held follows live. The offset of the reply is the position before what follows,
 * so that a client that breaks off in between comes back for the rest.
 */
record JoinPlan(Subscription.Positioned subscription, List<Broadcast> thenLive) {

    static final String CHANNEL = "broadcast";

    static JoinPlan of(CatchUp catchUp, int maxReplyBytes) {
        List<Broadcast> due = catchUp.broadcasts();
        int inReply = catchUp.complete() ? fitting(due, maxReplyBytes) : 0;
        long offset;
        if (inReply == due.size()) {
            offset = catchUp.position().offset();
        } else if (inReply == 0) {
            offset = catchUp.start().offset();
        } else {
            offset = due.get(inReply - 1).offset();
        }
        List<Publication> publications = due.subList(0, inReply).stream()
                .map(broadcast -> new Publication(broadcast.offset(), broadcast.data()))
                .toList();
        return new JoinPlan(
                new Subscription.Positioned(
                        CHANNEL, catchUp.position().epoch(), offset, true, catchUp.complete(), publications),
                due.subList(inReply, due.size()));
    }

    private static int fitting(List<Broadcast> due, int maxBytes) {
        long bytes = 0;
        for (int i = 0; i < due.size(); i++) {
            bytes += due.get(i).data().length;
            if (bytes > maxBytes) {
                return i;
            }
        }
        return due.size();
    }
}

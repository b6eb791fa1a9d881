package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.ServerReply.Publication;
import dev.fanfare.delivery.protocol.ServerReply.Subscription;
import dev.fanfare.delivery.window.CatchUp;
import java.util.List;

/**
 * How a {@link CatchUp} is told in the connect reply.
 *
 * <p>A complete catch-up is "recovered" with its publications; what did not fit follows live. An incomplete one is "not
 * recovered" with no publications at all, for SDKs treat those differently, and all that is still held follows live. The
 * offset of the reply is the position before what follows, so that a client that breaks off in between comes back for the
 * rest.
 */
final class JoinPlan {

    static final String CHANNEL = "broadcast";

    private JoinPlan() {}

    /** The same for the user's own channel. */
    static Subscription.Positioned of(InboxOpening opening, String channel) {
        return new Subscription.Positioned(
                channel,
                opening.position().epochText(),
                opening.position().offset(),
                true,
                opening.complete(),
                opening.messages().stream()
                        .map(message -> new Publication(message.offset(), message.data()))
                        .toList());
    }

    static Subscription.Positioned of(CatchUp catchUp) {
        List<Publication> publications = catchUp.broadcasts().stream()
                .map(broadcast -> new Publication(broadcast.offsetForClients(), broadcast.data()))
                .toList();
        return new Subscription.Positioned(
                CHANNEL,
                catchUp.position().epoch(),
                catchUp.position().offsetForClients(),
                true,
                catchUp.complete(),
                publications);
    }
}

package dev.fanfare.delivery.window;

import dev.fanfare.contracts.delivery.InApp;

/**
 * A broadcast as the stream holds it.
 *
 * @param offset position in the app's stream: Kafka's offset plus one, so that 0 means "nothing yet". One that was kept
 *     through the end of an epoch has none: it is not above 0, and only says what came before what
 * @param time when the broker took it, ms since 1970
 * @param data the client message, JSON on one line; shared, do not change it
 * @param inApp for whom it is: {@code LIVE}, {@code WINDOW} or {@code KEPT}
 * @param recalls the messageUID of the message that it takes back; null: of none
 * @param telling how it is told here, for its trace; null: nobody follows it
 */
public record Broadcast(
        String appKey,
        long offset,
        long time,
        String messageUid,
        byte[] data,
        InApp inApp,
        String recalls,
        Telling telling) {

    /** One that nobody follows. */
    public Broadcast(
            String appKey, long offset, long time, String messageUid, byte[] data, InApp inApp, String recalls) {
        this(appKey, offset, time, messageUid, data, inApp, recalls, null);
    }

    /** One of the window. */
    public Broadcast(String appKey, long offset, long time, String messageUid, byte[] data) {
        this(appKey, offset, time, messageUid, data, InApp.WINDOW, null);
    }

    Broadcast followed(Telling by) {
        return new Broadcast(appKey, offset, time, messageUid, data, inApp, recalls, by);
    }

    /** Whether only those hear of it who are connected when it comes. */
    public boolean isLive() {
        return inApp == InApp.LIVE;
    }

    /** Where a client stands that was told it; 0 if that changes nothing for the client, for nobody can find it there. */
    public long offsetForClients() {
        return isLive() ? 0 : Math.max(0, offset);
    }

    /** Whether it is for those who connect within days. */
    public boolean isKept() {
        return inApp == InApp.KEPT;
    }
}

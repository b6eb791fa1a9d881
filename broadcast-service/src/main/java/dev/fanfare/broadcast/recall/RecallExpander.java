package dev.fanfare.broadcast.recall;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.broadcast.online.GivenUid;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.RecallCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.intake.Received;
import dev.fanfare.runtime.pipeline.OutRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Makes of a recall the message that tells clients to take another one back: RongCloud's command message {@code RC:RcCmd}.
 * Pure: the same recall makes the same record.
 */
final class RecallExpander {

    private static final String OBJECT_NAME = "RC:RcCmd";
    private static final int SYSTEM = 6;
    private static final Integer YES = 1;

    private RecallExpander() {}

    /**
     * The content of {@code RC:RcCmd}, as RongCloud's clients read it.
     *
     * @param sentTime of the message that is taken back
     */
    @JsonPropertyOrder({"messageUId", "conversationType", "targetId", "sentTime", "isAdmin", "isDelete", "extra"})
    record Content(
            String messageUId,
            int conversationType,
            String targetId,
            Long sentTime,
            boolean isAdmin,
            boolean isDelete,
            String extra) {}

    /** @param inApp of the message that is taken back; for one of which nothing is known, {@link InApp#KEPT} */
    static OutRecord ofBroadcast(Received<RecallCommand> received, InApp inApp) {
        // Nodes learn of a recall by the stream only, and have to: a push that is under way is for nobody in the app.
        InApp told = inApp == InApp.NONE ? InApp.LIVE : inApp;
        Map<String, String> recalls =
                Map.of(InApp.RECALLS_HEADER, received.command().recalledUID());
        Map<String, String> headers = told == InApp.WINDOW
                ? recalls
                : Map.of(InApp.RECALLS_HEADER, received.command().recalledUID(), InApp.HEADER, told.name());
        return new OutRecord(
                Topic.DELIVERY_STREAM,
                null,
                RecordKey.ofApp(received.appKey()),
                message(received).forClients(),
                headers);
    }

    static OutRecord ofMessageToUser(Received<RecallCommand> received) {
        RecallCommand command = received.command();
        return OutRecord.of(
                Topic.DELIVERY_DIRECT,
                RecordKey.ofUser(received.appKey(), command.toUserId()),
                new DirectDelivery(
                        received.appKey(),
                        DeliveryPolicy.ONLINE_ELSE_PUSH,
                        List.of(command.toUserId()),
                        message(received),
                        null,
                        command.recalledUID()));
    }

    private static ClientMessage message(Received<RecallCommand> received) {
        RecallCommand command = received.command();
        Content content = new Content(
                command.recalledUID(),
                SYSTEM,
                command.fromUserId(),
                command.sentTime(),
                YES.equals(command.isAdmin()),
                YES.equals(command.isDelete()),
                command.extra());
        return new ClientMessage(
                GivenUid.of(received, command.messageUID()),
                ConversationType.SYSTEM,
                command.fromUserId(),
                command.fromUserId(),
                OBJECT_NAME,
                new String(Json.write(content), StandardCharsets.UTF_8),
                received.time().toEpochMilli(),
                command.disableUpdateLastMsg());
    }
}

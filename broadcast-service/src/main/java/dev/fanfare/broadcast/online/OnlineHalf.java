package dev.fanfare.broadcast.online;

import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.ZimMessage;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import java.util.Map;
import java.util.Optional;

/**
 * The half of a message to all users that those who are connected get: one record of {@code fanfare.delivery.stream.v1},
 * whatever their number. Its value is the bytes that clients get. Pure: the same message gives the same record.
 */
public final class OnlineHalf {

    private static final String NO_CONVERSATION = "";

    private OnlineHalf() {}

    /**
     * @param command with its messageUID
     * @param sentAt ms since 1970
     * @return empty if the message is for nobody in the app, or for the inboxes of some
     */
    public static Optional<OutRecord> of(String appKey, AllUsersCommand command, long sentAt) {
        if (command.inApp() == InApp.NONE || command.audience() != null) {
            return Optional.empty();
        }
        Map<String, String> headers = command.inApp() == InApp.WINDOW
                ? Map.of()
                : Map.of(InApp.HEADER, command.inApp().name());
        return Optional.of(new OutRecord(
                Topic.DELIVERY_STREAM,
                null,
                RecordKey.ofApp(appKey),
                message(command, sentAt).forClients(),
                headers));
    }

    /** The message as clients get it, and as everything after it knows it. */
    public static ClientMessage message(AllUsersCommand command, long sentAt) {
        ZimMessage zim = command.zim() == null
                ? null
                : ZimMessage.of(
                        command.zim(),
                        command.messageUID(),
                        command.fromUserId(),
                        NO_CONVERSATION,
                        ZimMessage.TO_ALL_USERS,
                        sentAt);
        return new ClientMessage(
                command.messageUID(),
                ConversationType.SYSTEM,
                command.fromUserId(),
                command.fromUserId(),
                command.zim() == null ? command.objectName() : command.zim().objectName(),
                command.content(),
                sentAt,
                command.disableUpdateLastMsg(),
                zim);
    }
}

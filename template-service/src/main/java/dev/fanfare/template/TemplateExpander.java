package dev.fanfare.template;

import dev.fanfare.contracts.command.Placeholders;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.delivery.ZimMessage;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.runtime.intake.Received;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes one personal delivery per recipient of a template command, in the order of the request. Pure: the same command
 * gives the same deliveries, message ids included, however often it is read.
 */
final class TemplateExpander {

    private TemplateExpander() {}

    static List<DirectDelivery> expand(Received<TemplateCommand> received) {
        return IntStream.range(0, received.command().toUserId().size())
                .mapToObj(index -> delivery(received, index))
                .toList();
    }

    private static DirectDelivery delivery(Received<TemplateCommand> received, int index) {
        TemplateCommand command = received.command();
        Map<String, String> values = command.valuesOf(index);
        ClientMessage message = command.zim() == null ? message(received, index, values) : zimMessage(received, index);
        String userId = command.toUserId().get(index);
        return new DirectDelivery(
                received.appKey(),
                DeliveryPolicy.ONLINE_ELSE_PUSH,
                List.of(userId),
                message,
                push(command, index, values));
    }

    private static ClientMessage message(Received<TemplateCommand> received, int index, Map<String, String> values) {
        TemplateCommand command = received.command();
        return new ClientMessage(
                messageUid(received, index),
                ConversationType.SYSTEM,
                command.fromUserId(),
                command.fromUserId(),
                command.objectName(),
                Placeholders.render(command.content(), values),
                received.time().toEpochMilli(),
                command.disableUpdateLastMsg());
    }

    /** The conversation is the sender's for the one who gets it. */
    private static ClientMessage zimMessage(Received<TemplateCommand> received, int index) {
        TemplateCommand command = received.command();
        String sender = command.fromUserId();
        String messageUid = messageUid(received, index);
        long time = received.time().toEpochMilli();
        return new ClientMessage(
                messageUid,
                ConversationType.PRIVATE,
                sender,
                sender,
                command.zim().objectName(),
                command.zim().message(),
                time,
                null,
                ZimMessage.of(command.zim(), messageUid, sender, sender, ZimMessage.TO_USER, time));
    }

    /** A user who is named twice gets two messages, hence the index. */
    private static String messageUid(Received<TemplateCommand> received, int index) {
        TemplateCommand command = received.command();
        return command.messageUIDs() != null
                ? command.messageUIDs().get(index).messageUID()
                : MessageUid.derived(
                        received.time().toEpochMilli(),
                        received.appKey(),
                        received.id(),
                        index + ":" + command.toUserId().get(index));
    }

    private static PushNotification push(TemplateCommand command, int index, Map<String, String> values) {
        if (Boolean.TRUE.equals(command.disablePush())) {
            return null;
        }
        String sender = command.fromUserName();
        return new PushNotification(
                sender == null || sender.isBlank() ? null : sender,
                Placeholders.render(command.pushContentOf(index), values),
                Placeholders.render(command.pushDataOf(index), values),
                command.pushExt(),
                command.contentAvailable());
    }
}

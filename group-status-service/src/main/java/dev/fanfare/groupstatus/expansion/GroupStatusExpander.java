package dev.fanfare.groupstatus.expansion;

import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.ZimMessage;
import dev.fanfare.contracts.message.GroupMessageUid;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.runtime.intake.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes of a group status and the members of one of its groups the deliveries to them, in chunks. All chunks carry the
 * same message. Pure: the same command and members give the same deliveries, message id included.
 */
final class GroupStatusExpander {

    private GroupStatusExpander() {}

    /**
     * @param members of the group, in a stable order. None, or no such group: nothing, for there is nobody to whom the
     *     status could say something
     */
    static List<DirectDelivery> expand(Received<GroupStatusCommand> received, String groupId, List<String> members) {
        if (members.isEmpty()) {
            return List.of();
        }
        ClientMessage message = message(received, groupId);
        return chunks(recipients(received.command(), members)).stream()
                .map(chunk -> new DirectDelivery(received.appKey(), DeliveryPolicy.ONLINE_ONLY, chunk, message, null))
                .toList();
    }

    /** The sender need not be a member, neither to send nor to get a copy. */
    private static List<String> recipients(GroupStatusCommand command, List<String> members) {
        Stream<String> others = members.stream().filter(member -> !member.equals(command.fromUserId()));
        return (command.includesSender() ? Stream.concat(others, Stream.of(command.fromUserId())) : others).toList();
    }

    private static List<List<String>> chunks(List<String> userIds) {
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < userIds.size(); from += Limits.USERS_PER_CHUNK) {
            chunks.add(userIds.subList(from, Math.min(from + Limits.USERS_PER_CHUNK, userIds.size())));
        }
        return chunks;
    }

    private static ClientMessage message(Received<GroupStatusCommand> received, String groupId) {
        GroupStatusCommand command = received.command();
        String messageUid = messageUid(received, groupId);
        String sender = command.fromUserId();
        long time = received.time().toEpochMilli();
        if (command.zim() == null) {
            return new ClientMessage(
                    messageUid,
                    ConversationType.GROUP,
                    groupId,
                    sender,
                    command.objectName(),
                    command.content(),
                    time,
                    null);
        }
        return new ClientMessage(
                messageUid,
                ConversationType.GROUP,
                groupId,
                sender,
                command.zim().objectName(),
                command.zim().message(),
                time,
                null,
                ZimMessage.of(command.zim(), messageUid, sender, groupId, ZimMessage.TO_GROUP, time));
    }

    private static String messageUid(Received<GroupStatusCommand> received, String groupId) {
        List<GroupMessageUid> given = received.command().messageUIDs();
        return given != null
                ? given.get(received.command().toGroupId().indexOf(groupId)).messageUID()
                : MessageUid.derived(received.time().toEpochMilli(), received.appKey(), received.id(), groupId);
    }
}

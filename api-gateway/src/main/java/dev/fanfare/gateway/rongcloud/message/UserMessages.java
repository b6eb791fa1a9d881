package dev.fanfare.gateway.rongcloud.message;

import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.message.UserMessageUid;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.user.SenderNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** What the two messages to named users have in common: an id for each recipient, and each recipient counts. */
@ApplicationScoped
class UserMessages {

    private final MessageUids uids;
    private final MessagePublishing publishing;
    private final SenderNames senders;

    UserMessages(MessageUids uids, MessagePublishing publishing, SenderNames senders) {
        this.uids = uids;
        this.publishing = publishing;
        this.senders = senders;
    }

    /** The title of a push is its sender's name, where they have one and a push can be. */
    private Uni<TemplateCommand> named(String appKey, TemplateCommand command) {
        return Boolean.TRUE.equals(command.disablePush())
                ? Uni.createFrom().item(command)
                : senders.nameOf(appKey, command.fromUserId())
                        .map(name -> name.map(command::from).orElse(command));
    }

    /** @param asked a command that keeps the rules, without ids */
    Prepared publish(String appKey, TemplateCommand asked, Long msgRandom) {
        List<UserMessageUid> ids = asked.toUserId().stream()
                .map(user -> new UserMessageUid(user, uids.next(MessageKind.SYSTEM)))
                .toList();
        TemplateCommand command = new TemplateCommand(
                ids,
                asked.fromUserId(),
                null,
                asked.toUserId(),
                asked.objectName(),
                asked.values(),
                asked.content(),
                asked.pushContent(),
                asked.pushData(),
                asked.pushExt(),
                asked.contentAvailable(),
                asked.disablePush(),
                asked.disableUpdateLastMsg());
        return publishing.prepare(
                Topic.TEMPLATE_COMMAND,
                appKey,
                ids.get(0).messageUID(),
                command,
                () -> named(appKey, command),
                ids.size(),
                msgRandom,
                Map.of("messageUIDs", ids));
    }
}

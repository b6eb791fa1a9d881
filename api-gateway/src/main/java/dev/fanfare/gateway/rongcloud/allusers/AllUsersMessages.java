package dev.fanfare.gateway.rongcloud.allusers;

import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.rongcloud.message.MessagePublishing;
import dev.fanfare.gateway.user.SenderNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** What all messages to all users, or to an audience, have in common. */
@ApplicationScoped
class AllUsersMessages {

    private final MessagePublishing publishing;
    private final SenderNames senders;

    AllUsersMessages(MessagePublishing publishing, SenderNames senders) {
        this.publishing = publishing;
        this.senders = senders;
    }

    /**
     * @param command one that keeps the rules, with its id
     * @param answer what the caller is told
     */
    Prepared publish(String appKey, AllUsersCommand command, int cost, Long msgRandom, Map<String, Object> answer) {
        return publishing.prepare(
                Topic.ALL_USERS_COMMAND,
                appKey,
                command.messageUID(),
                command,
                () -> titled(appKey, command),
                cost,
                msgRandom,
                answer);
    }

    /** A push about a message has its sender's name as its title, unless it was given one. */
    private Uni<AllUsersCommand> titled(String appKey, AllUsersCommand command) {
        PushNotification push = command.push();
        return push == null || push.title() != null || command.inApp() == InApp.NONE
                ? Uni.createFrom().item(command)
                : senders.nameOf(appKey, command.fromUserId()).map(name -> name.map(title -> withTitle(command, title))
                        .orElse(command));
    }

    private static AllUsersCommand withTitle(AllUsersCommand command, String title) {
        PushNotification push = command.push();
        return new AllUsersCommand(
                command.messageUID(),
                command.fromUserId(),
                command.objectName(),
                command.content(),
                command.disableUpdateLastMsg(),
                command.zim(),
                command.inApp(),
                command.pushTo(),
                new PushNotification(
                        title, push.content(), push.data(), push.ext(), push.contentAvailable(), push.platforms()),
                command.audience(),
                command.schedule());
    }
}

package dev.fanfare.broadcast.job;

import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.message.MessageType;
import java.util.Optional;

/** What a message to all users means for each of them, beside its online half. */
public enum PushHalf {
    /** Nothing: nobody shall get a push, or there is nothing that one could show. */
    NOTHING,
    /** A push to the devices of its users, who are named in chunks. */
    CHUNKS,
    /** A message in the inbox of each user, with a push where its devices do not have it. */
    INBOXES;

    private static final Integer SILENT = 1;

    public static PushHalf of(AllUsersCommand command) {
        if (command.audience() != null && command.inApp() == InApp.KEPT) {
            return INBOXES;
        }
        return push(command).isPresent() ? CHUNKS : NOTHING;
    }

    /**
     * What pushes show, the text composed, so that they need nothing of the content any more. Empty if there is nothing to
     * show: no text and not silent either, or a type that means something only now.
     */
    static Optional<PushNotification> push(AllUsersCommand command) {
        if (command.pushTo() == PushTo.NONE) {
            return Optional.empty();
        }
        String objectName =
                command.zim() == null ? command.objectName() : command.zim().objectName();
        if (objectName != null && MessageType.of(objectName).push() == MessageType.Push.NEVER) {
            return Optional.empty();
        }
        PushNotification asked = command.push();
        Optional<String> text = asked.textFor(objectName, command.content());
        return text.isPresent() || SILENT.equals(asked.contentAvailable())
                ? Optional.of(asked.withContent(text.orElse(null)))
                : Optional.empty();
    }
}

package dev.fanfare.broadcast;

import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.Audience;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.command.ZimContent;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import java.util.List;

/** Commands to all users, as tests need them. */
public final class Commands {

    public static final String UID = "5FGT-7VA9-G4DD-4V5P";
    public static final PushNotification PUSH = new PushNotification("Shop", "Everything must go", null, null, null);

    private Commands() {}

    /** A text of RongCloud's API. */
    public static AllUsersCommand text(InApp inApp, PushTo pushTo, PushNotification push) {
        return new AllUsersCommand(
                UID, "shop", "RC:TxtMsg", "{\"content\":\"hello\"}", null, null, inApp, pushTo, push, null, null);
    }

    /** A text of ZIM's API. */
    public static AllUsersCommand zim(PushTo pushTo, PushNotification push) {
        return new AllUsersCommand(
                UID,
                "shop",
                null,
                null,
                null,
                new ZimContent(1, null, "hello", null),
                InApp.LIVE,
                pushTo,
                push,
                null,
                null);
    }

    /** A push that is about no message. */
    public static AllUsersCommand pushOnly(PushNotification push) {
        return new AllUsersCommand(UID, null, null, null, null, null, InApp.NONE, PushTo.ALL, push, null, null);
    }

    public static AllUsersCommand to(AllUsersCommand command, Audience audience) {
        return new AllUsersCommand(
                command.messageUID(),
                command.fromUserId(),
                command.objectName(),
                command.content(),
                command.disableUpdateLastMsg(),
                command.zim(),
                command.inApp(),
                command.pushTo(),
                command.push(),
                audience,
                command.schedule());
    }

    public static AllUsersCommand at(AllUsersCommand command, Schedule schedule) {
        return command.as(command.messageUID(), schedule);
    }

    public static Audience named(String... userIds) {
        return new Audience(List.of(userIds), null, null);
    }

    public static Audience tagged(List<String> tags, List<String> anyTags) {
        return new Audience(null, tags, anyTags);
    }
}

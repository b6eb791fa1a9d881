package dev.fanfare.contracts.command;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import java.util.List;

/**
 * "Tell all users of the app, or those of an audience, online and offline, now or later": a record of {@code
 * fanfare.all-users.command.v1}. RongCloud's {@code message/broadcast}, {@code push} and {@code push/user}, ZIM's {@code
 * SendMessageToAllUsers} and Fanfare's own {@code POST /fanfare/v1/broadcasts} all become one of these.
 *
 * @param messageUID given by the writer; absent, it is derived from {@code ce_id}
 * @param fromUserId null only if nobody gets a message in the app
 * @param objectName with {@code content}: the message, unless {@code zim} is; all three null if nobody gets one in the app
 * @param zim the message, if it is one of ZIM's API
 * @param inApp who gets the message in the app. With an audience: {@code NONE}, or {@code KEPT}, which is each user's inbox
 *     then
 * @param pushTo whose devices get a push
 * @param push what a push shows; null only if {@code pushTo} is {@code NONE}
 * @param audience null: all users of the app
 * @param schedule null: now, once
 */
@JsonPropertyOrder({
    "messageUID",
    "fromUserId",
    "objectName",
    "content",
    "disableUpdateLastMsg",
    "zim",
    "inApp",
    "pushTo",
    "push",
    "audience",
    "schedule"
})
public record AllUsersCommand(
        String messageUID,
        String fromUserId,
        String objectName,
        String content,
        Boolean disableUpdateLastMsg,
        ZimContent zim,
        InApp inApp,
        PushTo pushTo,
        PushNotification push,
        Audience audience,
        Schedule schedule) {

    /** The same message under this id, at this time. */
    public AllUsersCommand as(String uid, Schedule when) {
        return new AllUsersCommand(
                uid, fromUserId, objectName, content, disableUpdateLastMsg, zim, inApp, pushTo, push, audience, when);
    }

    /** Whose devices get a push. */
    public enum PushTo {
        NONE,
        /** Those of users who are not online. */
        OFFLINE,
        /** Those of all users, online or not. */
        ALL
    }

    /**
     * Some of the users. {@code userIds} wins over tags; a user who fits both lists of tags is meant.
     *
     * @param userIds up to a thousand; null: not chosen by id
     * @param tags up to twenty, all of which a user has; null: not asked for
     * @param anyTags up to twenty, one of which a user has; null: not asked for
     */
    @JsonPropertyOrder({"userIds", "tags", "anyTags"})
    public record Audience(List<String> userIds, List<String> tags, List<String> anyTags) {}

    /**
     * When.
     *
     * @param sendAt ms since 1970: not before; null with {@code cron}: at its next time
     * @param cron five fields of a UNIX cron expression, for a message that comes again; each time has a messageUID of its
     *     own
     * @param timeZone of {@code cron}, an IANA name; null: UTC
     */
    @JsonPropertyOrder({"sendAt", "cron", "timeZone"})
    public record Schedule(Long sendAt, String cron, String timeZone) {}
}

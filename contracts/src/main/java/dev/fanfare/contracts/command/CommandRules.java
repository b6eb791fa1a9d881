package dev.fanfare.contracts.command;

import static dev.fanfare.contracts.Limits.CONTENT_BYTES;
import static dev.fanfare.contracts.Limits.GROUPS_PER_MESSAGE;
import static dev.fanfare.contracts.Limits.ID_CHARS;
import static dev.fanfare.contracts.Limits.NAME_CHARS;
import static dev.fanfare.contracts.Limits.OBJECT_NAME_CHARS;
import static dev.fanfare.contracts.Limits.PLACEHOLDERS_PER_USER;
import static dev.fanfare.contracts.Limits.PUSH_EXT_BYTES;
import static dev.fanfare.contracts.Limits.PUSH_TEXT_BYTES;
import static dev.fanfare.contracts.Limits.TAGS;
import static dev.fanfare.contracts.Limits.USERS_PER_AUDIENCE;
import static dev.fanfare.contracts.Limits.USERS_PER_MESSAGE;

import dev.fanfare.contracts.command.AllUsersCommand.Audience;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushExt;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.message.MessageType;
import dev.fanfare.contracts.message.MessageUid;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a command must be like to be accepted, whoever writes it: the gateway asks before it answers 200, the services
 * ask before they act on a record of another producer. An empty list is consent; a command with any violation is refused
 * whole. Pure functions.
 */
public final class CommandRules {

    /** Refused to custom types, as the vendor asks, so that a later built-in type never means two things. */
    private static final String RESERVED_PREFIX = "RC:";

    private static final Set<Integer> ZIM_TYPES = new TreeSet<>(Set.of(1, 11, 12, 13, 14, 200));
    private static final int MAX_SUB_TYPE = 200;
    private static final Set<String> PLATFORMS = new TreeSet<>(Set.of("iOS", "Android", "HarmonyOS", "Web"));

    private CommandRules() {}

    public static List<Violation> check(BroadcastCommand command) {
        List<Violation> found = new ArrayList<>();
        checkMessage(found, command.fromUserId(), command.objectName(), command.content());
        checkUid(found, "messageUID", command.messageUID());
        return found;
    }

    public static List<Violation> check(GroupStatusCommand command) {
        List<Violation> found = new ArrayList<>();
        checkEither(found, command.fromUserId(), command.objectName(), command.content(), command.zim());
        checkIds(found, "toGroupId", command.toGroupId(), GROUPS_PER_MESSAGE);
        if (command.toGroupId() != null
                && new HashSet<>(command.toGroupId()).size()
                        < command.toGroupId().size()) {
            found.add(Violation.malformed("toGroupId", "names a group twice"));
        }
        checkFlag(found, "isIncludeSender", command.isIncludeSender());
        checkUids(found, command.toGroupId(), command.messageUIDs(), uid -> uid.groupId(), uid -> uid.messageUID());
        return found;
    }

    public static List<Violation> check(TemplateCommand command) {
        List<Violation> found = new ArrayList<>();
        checkEither(found, command.fromUserId(), command.objectName(), command.content(), command.zim());
        if (command.zim() != null && command.values() != null) {
            found.add(Violation.malformed("values", "must be absent: a message of ZIM's API has no placeholders"));
        }
        checkIds(found, "toUserId", command.toUserId(), USERS_PER_MESSAGE);
        if (command.values() != null
                && command.values().stream().anyMatch(of -> of != null && of.size() > PLACEHOLDERS_PER_USER)) {
            found.add(Violation.tooMany("values", PLACEHOLDERS_PER_USER));
        }
        checkName(found, "fromUserName", command.fromUserName());
        checkFlag(found, "contentAvailable", command.contentAvailable());
        checkBytes(found, "pushExt", command.pushExt(), PUSH_EXT_BYTES);
        if (PushExt.read(command.pushExt()).isEmpty()) {
            found.add(Violation.malformed("pushExt", "must be a JSON object with title and pushConfigs"));
        }
        checkUids(found, command.toUserId(), command.messageUIDs(), uid -> uid.userId(), uid -> uid.messageUID());
        if (found.isEmpty()) {
            checkRendered(found, command);
        }
        return found;
    }

    public static List<Violation> check(AllUsersCommand command) {
        List<Violation> found = new ArrayList<>();
        checkUid(found, "messageUID", command.messageUID());
        boolean toApp = command.inApp() != null && command.inApp() != InApp.NONE;
        boolean toDevices = command.pushTo() != null && command.pushTo() != PushTo.NONE;
        if (command.inApp() == null) {
            found.add(Violation.missing("inApp"));
        }
        if (command.pushTo() == null) {
            found.add(Violation.missing("pushTo"));
        }
        if (found.isEmpty() && !toApp && !toDevices) {
            found.add(Violation.malformed("pushTo", "must not be NONE where inApp is: nobody would get it"));
        }
        if (toApp || command.objectName() != null || command.content() != null || command.zim() != null) {
            checkEither(found, command.fromUserId(), command.objectName(), command.content(), command.zim());
        } else if (command.fromUserId() != null) {
            checkId(found, "fromUserId", command.fromUserId());
        }
        if (toDevices && command.push() == null) {
            found.add(Violation.missing("push"));
        }
        checkPush(found, command.push());
        checkAudience(found, command.audience(), command.inApp());
        checkSchedule(found, command.schedule());
        return found;
    }

    /** A message of RongCloud's API or one of ZIM's. */
    private static void checkEither(
            List<Violation> found, String fromUserId, String objectName, String content, ZimContent zim) {
        if (zim == null) {
            checkMessage(found, fromUserId, objectName, content);
            return;
        }
        checkId(found, "fromUserId", fromUserId);
        if (objectName != null || content != null) {
            found.add(Violation.malformed(
                    "zim", "must stand alone: objectName and content are the other kind of message"));
        }
        checkZim(found, zim);
    }

    /** Of a message of ZIM's API. */
    static void checkZim(List<Violation> found, ZimContent zim) {
        if (zim.messageType() == null) {
            found.add(Violation.missing("zim.messageType"));
        } else if (!ZIM_TYPES.contains(zim.messageType())) {
            found.add(Violation.malformed("zim.messageType", "must be one of " + ZIM_TYPES));
        }
        if (zim.subMsgType() != null && (zim.subMsgType() < 0 || zim.subMsgType() > MAX_SUB_TYPE)) {
            found.add(Violation.malformed("zim.subMsgType", "must be 0 to " + MAX_SUB_TYPE));
        }
        if (isEmpty(zim.message())) {
            found.add(Violation.missing("zim.message"));
        }
        checkBytes(found, "zim.message", zim.message(), CONTENT_BYTES);
        checkBytes(found, "zim.extendedData", zim.extendedData(), CONTENT_BYTES);
    }

    private static void checkPush(List<Violation> found, PushNotification push) {
        if (push == null) {
            return;
        }
        checkBytes(found, "push.title", push.title(), PUSH_TEXT_BYTES);
        checkBytes(found, "push.content", push.content(), PUSH_TEXT_BYTES);
        checkBytes(found, "push.data", push.data(), PUSH_TEXT_BYTES);
        checkFlag(found, "push.contentAvailable", push.contentAvailable());
        checkBytes(found, "push.ext", push.ext(), PUSH_EXT_BYTES);
        if (PushExt.read(push.ext()).isEmpty()) {
            found.add(Violation.malformed("push.ext", "must be a JSON object with title and pushConfigs"));
        }
        if (push.platforms() != null
                && (push.platforms().isEmpty()
                        || !push.platforms().stream()
                                .allMatch(platform -> platform != null && PLATFORMS.contains(platform)))) {
            found.add(Violation.malformed("push.platforms", "must be one or more of " + PLATFORMS));
        }
    }

    private static void checkAudience(List<Violation> found, Audience audience, InApp inApp) {
        if (audience == null) {
            return;
        }
        if (audience.userIds() == null && audience.tags() == null && audience.anyTags() == null) {
            found.add(Violation.malformed("audience", "must have userIds, tags or anyTags"));
        }
        if (audience.userIds() != null) {
            checkIds(found, "audience.userIds", audience.userIds(), USERS_PER_AUDIENCE);
        }
        checkTags(found, "audience.tags", audience.tags());
        checkTags(found, "audience.anyTags", audience.anyTags());
        if (inApp == InApp.LIVE || inApp == InApp.WINDOW) {
            found.add(Violation.malformed("inApp", "must be NONE or KEPT for an audience"));
        }
    }

    /** Of a user, or of an audience; null is none. */
    public static void checkTags(List<Violation> found, String field, List<String> tags) {
        if (tags == null) {
            return;
        }
        if (tags.size() > TAGS) {
            found.add(Violation.tooMany(field, TAGS));
        } else {
            tags.forEach(tag -> checkId(found, field, tag));
        }
    }

    private static void checkSchedule(List<Violation> found, Schedule schedule) {
        if (schedule == null) {
            return;
        }
        if (schedule.sendAt() == null && schedule.cron() == null) {
            found.add(Violation.malformed("schedule", "must have sendAt or cron"));
        }
        if (schedule.timeZone() != null && !ZoneId.getAvailableZoneIds().contains(schedule.timeZone())) {
            found.add(Violation.malformed("schedule.timeZone", "must be an IANA name like Europe/Berlin"));
        }
        if (schedule.cron() != null && CronRule.read(schedule.cron()).isEmpty()) {
            found.add(Violation.malformed(
                    "schedule.cron", "must be five fields of UNIX cron like 0 9 * * 1-5, and come at least once"));
        }
    }

    public static List<Violation> check(RecallCommand command) {
        List<Violation> found = new ArrayList<>();
        checkUid(found, "messageUID", command.messageUID());
        if (isEmpty(command.recalledUID())) {
            found.add(Violation.missing("recalledUID"));
        }
        checkUid(found, "recalledUID", command.recalledUID());
        checkId(found, "fromUserId", command.fromUserId());
        if (command.toUserId() != null) {
            checkId(found, "toUserId", command.toUserId());
        }
        checkFlag(found, "isAdmin", command.isAdmin());
        checkFlag(found, "isDelete", command.isDelete());
        checkBytes(found, "extra", command.extra(), PUSH_TEXT_BYTES);
        return found;
    }

    /** Placeholders can make a short text long: what counts is what each user would get. */
    private static void checkRendered(List<Violation> found, TemplateCommand command) {
        for (int i = 0; i < command.toUserId().size() && found.isEmpty(); i++) {
            var values = command.valuesOf(i);
            checkBytes(found, "content", Placeholders.render(command.content(), values), CONTENT_BYTES);
            checkBytes(found, "pushContent", Placeholders.render(command.pushContentOf(i), values), PUSH_TEXT_BYTES);
            checkBytes(found, "pushData", Placeholders.render(command.pushDataOf(i), values), PUSH_TEXT_BYTES);
        }
    }

    private static void checkMessage(List<Violation> found, String fromUserId, String objectName, String content) {
        checkId(found, "fromUserId", fromUserId);
        if (isEmpty(objectName)) {
            found.add(Violation.missing("objectName"));
        } else if (objectName.length() > OBJECT_NAME_CHARS) {
            found.add(Violation.tooLong("objectName", OBJECT_NAME_CHARS, "characters"));
        } else if (objectName.startsWith(RESERVED_PREFIX)
                && !MessageType.of(objectName).builtIn()) {
            found.add(Violation.malformed("objectName", "must not start with RC: unless it is a built-in type"));
        } else if (objectName.startsWith(ZimContent.OBJECT_NAME_PREFIX)) {
            found.add(Violation.malformed("objectName", "must not start with " + ZimContent.OBJECT_NAME_PREFIX));
        }
        if (isEmpty(content)) {
            found.add(Violation.missing("content"));
        } else {
            checkBytes(found, "content", content, CONTENT_BYTES);
        }
    }

    private static void checkIds(List<Violation> found, String field, List<String> ids, int limit) {
        if (ids == null || ids.isEmpty()) {
            found.add(Violation.missing(field));
        } else if (ids.size() > limit) {
            found.add(Violation.tooMany(field, limit));
        } else {
            ids.forEach(id -> checkId(found, field, id));
        }
    }

    /** A user id or group id: present, at most 64 characters, none of them a control character. */
    public static void checkId(List<Violation> found, String field, String id) {
        if (isEmpty(id) || id.isBlank()) {
            found.add(Violation.missing(field));
        } else if (id.length() > ID_CHARS) {
            found.add(Violation.tooLong(field, ID_CHARS, "characters"));
        } else if (id.chars().anyMatch(Character::isISOControl)) {
            found.add(Violation.malformed(field, "must not contain control characters"));
        }
    }

    private static void checkName(List<Violation> found, String field, String name) {
        if (name != null && name.length() > NAME_CHARS) {
            found.add(Violation.tooLong(field, NAME_CHARS, "characters"));
        } else if (name != null && name.chars().anyMatch(Character::isISOControl)) {
            found.add(Violation.malformed(field, "must not contain control characters"));
        }
    }

    private static void checkFlag(List<Violation> found, String field, Integer value) {
        if (value != null && value != 0 && value != 1) {
            found.add(Violation.malformed(field, "must be 0 or 1"));
        }
    }

    private static void checkUid(List<Violation> found, String field, String uid) {
        if (uid != null && !MessageUid.isValid(uid)) {
            found.add(Violation.malformed(field, "must have the form XXXX-XXXX-XXXX-XXXX of base32hex"));
        }
    }

    private static <T> void checkUids(
            List<Violation> found,
            List<String> recipients,
            List<T> uids,
            Function<T, String> recipient,
            Function<T, String> uid) {
        if (uids == null) {
            return;
        }
        if (uids.stream().anyMatch(Objects::isNull)
                || !uids.stream().map(recipient).toList().equals(recipients)) {
            found.add(Violation.malformed("messageUIDs", "must name the recipients in their order, or be absent"));
            return;
        }
        uids.forEach(given -> checkUid(found, "messageUID", uid.apply(given)));
    }

    private static void checkBytes(List<Violation> found, String field, String value, int limit) {
        if (value != null && utf8Length(value) > limit) {
            found.add(Violation.tooLong(field, limit, "bytes of UTF-8"));
        }
    }

    private static int utf8Length(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isEmpty(String value) {
        return value == null || value.isEmpty();
    }
}

package dev.fanfare.contracts.generated;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Module;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.command.RecallCommand;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.delivery.ZimMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the types alone do not say: which fields must be there, and how long they may be. */
final class SchemaRules implements Module {

    private static final Set<String> OPTIONAL = Set.of(
            "messageUIDs",
            "fromUserName",
            "isIncludeSender",
            "values",
            "pushContent",
            "pushData",
            "pushExt",
            "contentAvailable",
            "disablePush",
            "disableUpdateLastMsg",
            "push",
            "deviceId",
            "provider",
            "providerId",
            "inbox",
            "pushDevices",
            "expiresAt",
            "retry",
            "reason",
            "blockedUntil",
            "version",
            "recalls",
            "zim",
            "userIds",
            "tags",
            "anyTags",
            "sendAt",
            "cron",
            "timeZone",
            "subMsgType",
            "extendedData",
            "endsAt",
            "zimAppId",
            "zimServerSecrets",
            "confirmTimeoutMillis",
            "inboxDays");

    /** Types most of whose fields may be absent. */
    private static final Map<Class<?>, Set<String>> REQUIRED = Map.of(
            AllUsersCommand.class, Set.of("inApp", "pushTo"),
            RecallCommand.class, Set.of("recalledUID", "fromUserId"),
            ZimMessage.class,
                    Set.of(
                            "messageID",
                            "type",
                            "senderUserID",
                            "conversationID",
                            "conversationType",
                            "timestamp",
                            "isBroadcastMessage",
                            "isServerMessage"));

    private static final Set<String> FLAGS = Set.of("isIncludeSender", "contentAvailable");
    private static final Map<String, Integer> CHARS = Map.of(
            "objectName",
            Limits.OBJECT_NAME_CHARS,
            "fromUserId",
            Limits.ID_CHARS,
            "fromUserName",
            Limits.NAME_CHARS,
            "toUserId",
            Limits.ID_CHARS,
            "toGroupId",
            Limits.ID_CHARS);
    private static final Map<String, Integer> ITEMS =
            Map.of("toUserId", Limits.USERS_PER_MESSAGE, "toGroupId", Limits.GROUPS_PER_MESSAGE);
    private static final Map<String, Integer> BYTES = Map.of(
            "content",
            Limits.CONTENT_BYTES,
            "pushContent",
            Limits.PUSH_TEXT_BYTES,
            "pushData",
            Limits.PUSH_TEXT_BYTES,
            "pushExt",
            Limits.PUSH_EXT_BYTES);

    @Override
    public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
        builder.forFields()
                .withRequiredCheck(SchemaRules::isRequired)
                .withArrayMinItemsResolver(field -> isList(field) && ITEMS.containsKey(field.getName()) ? 1 : null)
                .withArrayMaxItemsResolver(field -> isList(field) ? ITEMS.get(field.getName()) : null)
                .withStringMaxLengthResolver(field -> isList(field) ? null : CHARS.get(field.getName()))
                .withDescriptionResolver(SchemaRules::bytes)
                .withEnumResolver(field -> FLAGS.contains(field.getName()) ? List.of(0, 1) : null);
    }

    private static boolean isRequired(FieldScope field) {
        Class<?> owner = field.getDeclaringType().getErasedType();
        if (REQUIRED.containsKey(owner)) {
            return REQUIRED.get(owner).contains(field.getName());
        }
        boolean givenByReader =
                owner == BroadcastCommand.class && field.getName().equals("messageUID");
        return owner == SessionEnd.class
                || owner != PushNotification.class && !givenByReader && !OPTIONAL.contains(field.getName());
    }

    private static String bytes(FieldScope field) {
        Integer limit = isList(field) ? null : BYTES.get(field.getName());
        return limit == null ? null : "at most " + limit + " bytes of UTF-8";
    }

    private static boolean isList(FieldScope field) {
        return field.isContainerType();
    }
}

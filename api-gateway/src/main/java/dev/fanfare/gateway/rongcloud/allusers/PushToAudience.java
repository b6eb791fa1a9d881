package dev.fanfare.gateway.rongcloud.allusers;

import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.Audience;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Call;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.JsonFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /push.json}, JSON: a push to all users, to those with some tags, or to those named; with a {@code message}
 * also that, and the push is for those who are offline then. Its keys are lower case where all others are not. Where users
 * are named {@code platform} means nothing, as at the vendor's.
 */
@ApplicationScoped
public class PushToAudience implements Endpoint {

    private final MessageUids uids;
    private final AllUsersMessages messages;

    PushToAudience(MessageUids uids, AllUsersMessages messages) {
        this.uids = uids;
        this.messages = messages;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.PUSH;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.PUSH);
    }

    @Override
    public Prepared prepare(Call call) {
        JsonFields json = JsonFields.read(call.body());
        FieldRules rules = new FieldRules();
        Audience audience = audience(json, rules);
        boolean named = audience != null && audience.userIds() != null;
        List<String> platforms = platforms(json, rules, named);
        JsonFields message = json.object("message");
        rules.holds(message == null || json.text("fromuserid") != null, "fromuserid", "is required with a message");
        PushNotification push = push(json, rules, platforms, message == null);
        AllUsersCommand command = new AllUsersCommand(
                uids.next(MessageKind.ALL_USERS),
                json.text("fromuserid"),
                message == null ? null : message.text("objectName"),
                message == null ? null : message.text("content"),
                message == null ? null : message.bool("disableUpdateLastMsg"),
                null,
                message == null ? InApp.NONE : InApp.KEPT,
                message == null ? PushTo.ALL : PushTo.OFFLINE,
                push,
                audience,
                null);
        List<Violation> broken = new ArrayList<>(rules.found());
        broken.addAll(CommandRules.check(command));
        return Prepared.refusal(json.problems(), broken)
                .orElseGet(
                        () -> messages.publish(call.app().key(), command, 1, null, answer(command, message != null)));
    }

    private static Map<String, Object> answer(AllUsersCommand command, boolean withMessage) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", command.messageUID());
        if (withMessage) {
            answer.put("messageUID", command.messageUID());
        }
        return answer;
    }

    private static Audience audience(JsonFields json, FieldRules rules) {
        JsonFields audience = json.object("audience");
        rules.required("audience", audience);
        Boolean toAll = audience == null ? null : audience.bool("is_to_all");
        if (audience != null) {
            rules.required("audience.is_to_all", toAll);
        }
        if (toAll == null || toAll) {
            return null;
        }
        List<String> userIds = nonEmpty(audience.texts("userid"));
        if (userIds != null) {
            rules.ids("audience.userid", userIds, Limits.USERS_PER_AUDIENCE);
            return new Audience(userIds, null, null);
        }
        List<String> tags = nonEmpty(audience.texts("tag"));
        List<String> anyTags = nonEmpty(audience.texts("tag_or"));
        CommandRules.checkTags(rules.found(), "audience.tag", tags);
        CommandRules.checkTags(rules.found(), "audience.tag_or", anyTags);
        rules.holds(
                        audience.text("packageName") == null,
                        "audience.packageName",
                        "is not supported: the devices of an app are not told apart by it")
                .holds(
                        tags != null || anyTags != null,
                        "audience",
                        "must have userid, tag or tag_or where is_to_all is false");
        return new Audience(null, tags, anyTags);
    }

    /** SDKs send lists that nobody filled. */
    private static List<String> nonEmpty(List<String> list) {
        return list == null || list.isEmpty() ? null : list;
    }

    private static List<String> platforms(JsonFields json, FieldRules rules, boolean named) {
        List<String> given = json.texts("platform");
        if (named) {
            return null;
        }
        List<String> platforms = Platforms.read(rules, "platform", given);
        rules.required("platform", platforms);
        return platforms;
    }

    private static PushNotification push(JsonFields json, FieldRules rules, List<String> platforms, boolean needsText) {
        JsonFields notification = json.object("notification");
        if (notification == null) {
            rules.holds(!needsText, "notification", "is required without a message");
            return new PushNotification(null, null, null, null, null, platforms);
        }
        return new NotificationFields(notification, platforms, rules).read("alert", needsText);
    }
}

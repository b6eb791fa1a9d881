package dev.fanfare.gateway.rongcloud.message;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.RecallCommand;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormEndpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /message/broadcast/recall.json} and {@code /message/recall.json}: takes a message to all users back, or one to one
 * user. {@code disablePush} and {@code busChannel} mean nothing here: a recall is never pushed.
 */
@ApplicationScoped
public class RecallEndpoints {

    private static final int PRIVATE = 1;
    private static final int SYSTEM = 6;
    private static final Set<Integer> TO_ONE_USER = Set.of(PRIVATE, SYSTEM);

    private final MessageUids uids;
    private final MessagePublishing publishing;

    RecallEndpoints(MessageUids uids, MessagePublishing publishing) {
        this.uids = uids;
        this.publishing = publishing;
    }

    @Produces
    @Singleton
    Endpoint recallBroadcast() {
        return new FormEndpoint(
                EndpointQuota.ALL_USERS_RECALL, (appKey, form) -> recall(appKey, form, null, List.of()));
    }

    @Produces
    @Singleton
    Endpoint recall() {
        return new FormEndpoint(EndpointQuota.RECALL, this::recallFromUser);
    }

    private Prepared recallFromUser(String appKey, FormFields form) {
        Integer conversationType = form.integer("conversationType");
        String targetId = form.text("targetId");
        FieldRules rules = new FieldRules()
                .required("conversationType", conversationType)
                .holds(
                        conversationType == null || TO_ONE_USER.contains(conversationType),
                        "conversationType",
                        "must be 6 (system) or 1 (private): other messages are not kept and cannot be taken back")
                .id("targetId", targetId);
        return recall(appKey, form, targetId, rules.found());
    }

    private Prepared recall(String appKey, FormFields form, String toUserId, List<Violation> found) {
        String messageUid = form.text("messageUID");
        Long sentTime = form.number("sentTime");
        List<Violation> broken = new ArrayList<>(found);
        broken.addAll(new FieldRules()
                .messageUid("messageUID", messageUid)
                .optionalPositive("sentTime", sentTime)
                .found());
        RecallCommand command = new RecallCommand(
                uids.next(MessageKind.RECALL),
                messageUid,
                form.text("fromUserId"),
                toUserId,
                sentTime,
                form.integer("isAdmin"),
                form.integer("isDelete"),
                form.text("extra"),
                form.bool("disableUpdateLastMsg"));
        broken.addAll(CommandRules.check(command));
        return Prepared.refusal(form.problems(), broken)
                .orElseGet(() -> publishing.prepare(
                        Topic.RECALL_COMMAND, appKey, command.messageUID(), command, 1, null, Map.of()));
    }
}

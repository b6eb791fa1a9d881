package dev.fanfare.gateway.zim.message;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.message.GroupMessageUid;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.command.CommandPublisher;
import dev.fanfare.gateway.group.Groups;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimIds;
import dev.fanfare.gateway.zim.ZimPlan;
import dev.fanfare.gateway.zim.ZimProblem;
import dev.fanfare.gateway.zim.group.GroupRefusals;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code SendGroupMessage}, as far as the delivery of group status carries it: to the members who are online now, the sender
 * of a text among them, and to nobody later ({@code wire/zego.md}, 4.7). {@code OfflinePush} is checked and ignored; a target
 * list is refused, for the message would go to others.
 */
@ApplicationScoped
public class SendGroupMessage implements ZimAction {

    private final Senders senders;
    private final Groups groups;
    private final MessageUids uids;
    private final CommandPublisher publisher;

    SendGroupMessage(Senders senders, Groups groups, MessageUids uids, CommandPublisher publisher) {
        this.senders = senders;
        this.groups = groups;
        this.uids = uids;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "SendGroupMessage";
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_GROUP_MESSAGE;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.GROUP_STATUS);
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        ZimFields fields = ZimFields.of(call.body());
        String sender = fields.text("FromUserId");
        fields.check(ZimIds.checkUser("FromUserId", sender));
        String group = fields.text("GroupId");
        fields.check(ZimIds.checkGroup("GroupId", group));
        ConversationOptions.check(fields);
        ZimFields options = fields.object("SendMsgOptions");
        if (options.has("TargetOption")) {
            options.wrong("TargetOption", "is not supported: the message would go to all members");
        }
        ZimMessageBody message = ZimMessageBody.read(fields, call.app().zim().messageBytes());
        if (fields.problem().isPresent()) {
            return ZimPlan.refused(fields.problem().get());
        }
        String uid = uids.next(MessageKind.GROUP_STATUS);
        GroupStatusCommand command = new GroupStatusCommand(
                List.of(new GroupMessageUid(group, uid)),
                sender,
                List.of(group),
                null,
                null,
                message.isText() ? 1 : 0,
                message.content());
        Optional<ZimProblem> broken =
                CommandRules.check(command).stream().findFirst().map(ZimProblem::of);
        return broken.map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ready(() -> send(call.app().key(), command, uid)));
    }

    private Uni<ZimAnswer> send(String appKey, GroupStatusCommand command, String uid) {
        return senders.refusal(appKey, command.fromUserId())
                .flatMap(refusal -> refusal.isPresent()
                        ? Uni.createFrom().item(refusal.get())
                        : GroupRefusals.orNoSuchGroup(
                                groups.members(appKey, command.toGroupId().get(0)),
                                members -> publish(appKey, command, uid)));
    }

    private Uni<ZimAnswer> publish(String appKey, GroupStatusCommand command, String uid) {
        Map<String, Object> ids = new LinkedHashMap<>();
        ids.put("MsgId", uid);
        ids.put("MsgSeq", MessageUid.timeOf(uid));
        return publisher
                .publish(Topic.GROUP_STATUS_COMMAND, appKey, uid, Json.write(command))
                .replaceWith(() -> ZimAnswer.sent(uid, ids));
    }
}

package dev.fanfare.gateway.rongcloud.message;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.message.GroupMessageUid;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Call;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /statusmessage/group/publish.json}: to the members of up to three groups who are online. Counts its groups.
 * {@code verifyBlacklist}, {@code isPersisted} and {@code isCounted}, which some SDKs always send, mean nothing here.
 */
@ApplicationScoped
public class GroupStatus implements Endpoint {

    private final MessageUids uids;
    private final MessagePublishing publishing;

    GroupStatus(MessageUids uids, MessagePublishing publishing) {
        this.uids = uids;
        this.publishing = publishing;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.GROUP_STATUS;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.GROUP_STATUS);
    }

    @Override
    public Prepared prepare(Call call) {
        FormFields form = FormFields.read(call.body());
        GroupStatusCommand asked = new GroupStatusCommand(
                null,
                form.text("fromUserId"),
                form.texts("toGroupId"),
                form.text("objectName"),
                form.text("content"),
                form.integer("isIncludeSender"));
        Long msgRandom = form.number("msgRandom");
        return Prepared.refusal(form.problems(), CommandRules.check(asked))
                .orElseGet(() -> publish(call.app().key(), asked, msgRandom));
    }

    private Prepared publish(String appKey, GroupStatusCommand asked, Long msgRandom) {
        List<GroupMessageUid> ids = asked.toGroupId().stream()
                .map(group -> new GroupMessageUid(group, uids.next(MessageKind.GROUP_STATUS)))
                .toList();
        GroupStatusCommand command = new GroupStatusCommand(
                ids,
                asked.fromUserId(),
                asked.toGroupId(),
                asked.objectName(),
                asked.content(),
                asked.isIncludeSender());
        return publishing.prepare(
                Topic.GROUP_STATUS_COMMAND,
                appKey,
                ids.get(0).messageUID(),
                command,
                ids.size(),
                msgRandom,
                Map.of("messageUIDs", ids));
    }
}

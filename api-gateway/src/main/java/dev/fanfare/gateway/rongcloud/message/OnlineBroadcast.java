package dev.fanfare.gateway.rongcloud.message;

import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.command.CommandRules;
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
import java.util.Map;
import java.util.Optional;

/** {@code POST /message/online/broadcast.json}: to everybody who is online. */
@ApplicationScoped
public class OnlineBroadcast implements Endpoint {

    private final MessageUids uids;
    private final MessagePublishing publishing;

    OnlineBroadcast(MessageUids uids, MessagePublishing publishing) {
        this.uids = uids;
        this.publishing = publishing;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ONLINE_BROADCAST;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.BROADCAST);
    }

    @Override
    public Prepared prepare(Call call) {
        FormFields form = FormFields.read(call.body());
        String uid = uids.next(MessageKind.BROADCAST);
        BroadcastCommand command = new BroadcastCommand(
                uid,
                form.text("fromUserId"),
                form.text("objectName"),
                form.text("content"),
                form.bool("disableUpdateLastMsg"));
        Long msgRandom = form.number("msgRandom");
        return Prepared.refusal(form.problems(), CommandRules.check(command))
                .orElseGet(() -> publishing.prepare(
                        Topic.BROADCAST_COMMAND,
                        call.app().key(),
                        uid,
                        command,
                        1,
                        msgRandom,
                        Map.of("messageUID", uid)));
    }
}

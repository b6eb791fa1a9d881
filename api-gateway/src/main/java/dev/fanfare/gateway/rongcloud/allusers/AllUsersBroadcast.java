package dev.fanfare.gateway.rongcloud.allusers;

import dev.fanfare.contracts.command.AllUsersCommand;
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
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /message/broadcast.json}: to all users of the app. Who connects within seven days gets it, who is offline gets
 * a push. {@code os} is about the push alone: every device gets the message itself.
 */
@ApplicationScoped
public class AllUsersBroadcast implements Endpoint {

    private final MessageUids uids;
    private final AllUsersMessages messages;

    AllUsersBroadcast(MessageUids uids, AllUsersMessages messages) {
        this.uids = uids;
        this.messages = messages;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ALL_USERS;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.ALL_USERS);
    }

    @Override
    public Prepared prepare(Call call) {
        FormFields form = FormFields.read(call.body());
        FieldRules rules = new FieldRules();
        String os = form.text("os");
        PushNotification push = new PushNotification(
                null,
                form.text("pushContent"),
                form.text("pushData"),
                form.text("pushExt"),
                form.integer("contentAvailable"),
                Platforms.read(rules, "os", os == null ? null : List.of(os)));
        AllUsersCommand command = new AllUsersCommand(
                uids.next(MessageKind.ALL_USERS),
                form.text("fromUserId"),
                form.text("objectName"),
                form.text("content"),
                form.bool("disableUpdateLastMsg"),
                null,
                InApp.KEPT,
                PushTo.OFFLINE,
                push,
                null,
                null);
        Long msgRandom = form.number("msgRandom");
        List<Violation> broken = new ArrayList<>(rules.found());
        broken.addAll(CommandRules.check(command));
        return Prepared.refusal(form.problems(), broken)
                .orElseGet(() -> messages.publish(
                        call.app().key(), command, 1, msgRandom, Map.of("messageUID", command.messageUID())));
    }
}

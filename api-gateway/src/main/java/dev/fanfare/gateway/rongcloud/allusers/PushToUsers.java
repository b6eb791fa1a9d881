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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /push/user.json}, JSON: a push, and no message, to all devices of up to a hundred users, online or not. Counts
 * its users.
 */
@ApplicationScoped
public class PushToUsers implements Endpoint {

    private final MessageUids uids;
    private final AllUsersMessages messages;

    PushToUsers(MessageUids uids, AllUsersMessages messages) {
        this.uids = uids;
        this.messages = messages;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.PUSH_USER;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.PUSH);
    }

    @Override
    public Prepared prepare(Call call) {
        JsonFields json = JsonFields.read(call.body());
        List<String> userIds = json.texts("userIds");
        JsonFields notification = json.object("notification");
        FieldRules rules = new FieldRules()
                .ids("userIds", userIds, Limits.USERS_PER_MESSAGE)
                .required("notification", notification);
        PushNotification push = notification == null
                ? null
                : new NotificationFields(notification, null, rules).read("pushContent", false);
        if (push != null) {
            rules.required("notification.pushContent", notification.text("pushContent"));
        }
        AllUsersCommand command = new AllUsersCommand(
                uids.next(MessageKind.ALL_USERS),
                null,
                null,
                null,
                null,
                null,
                InApp.NONE,
                PushTo.ALL,
                push,
                new Audience(userIds, null, null),
                null);
        List<Violation> broken = new ArrayList<>(rules.found());
        broken.addAll(CommandRules.check(command));
        return Prepared.refusal(json.problems(), broken)
                .orElseGet(() -> messages.publish(
                        call.app().key(), command, userIds.size(), null, Map.of("id", command.messageUID())));
    }
}

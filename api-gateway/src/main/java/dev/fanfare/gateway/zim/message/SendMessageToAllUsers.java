package dev.fanfare.gateway.zim.message;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.app.App;
import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.command.CommandPublisher;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.quota.Quotas;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimIds;
import dev.fanfare.gateway.zim.ZimPlan;
import dev.fanfare.gateway.zim.ZimProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * {@code SendMessageToAllUsers}: to everybody who is online, the sender too, and by a push to those who are not ({@code
 * wire/zego.md}, 3). Nobody finds the message later. Only calls that are accepted count against its limits.
 */
@ApplicationScoped
public class SendMessageToAllUsers implements ZimAction {

    private static final int ONLINE = 0;
    private static final int ONLINE_AND_OFFLINE = 1;
    private static final int PUSH_ONLY = 2;

    private final Senders senders;
    private final MessageUids uids;
    private final CommandPublisher publisher;
    private final Quotas quotas;

    SendMessageToAllUsers(Senders senders, MessageUids uids, CommandPublisher publisher, Quotas quotas) {
        this.senders = senders;
        this.uids = uids;
        this.publisher = publisher;
        this.quotas = quotas;
    }

    @Override
    public String name() {
        return "SendMessageToAllUsers";
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_ALL_USERS;
    }

    @Override
    public ZimError overQuota() {
        return ZimError.ALL_USERS_FREQUENCY;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.ALL_USERS);
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        ZimFields fields = ZimFields.of(call.body());
        String sender = fields.text("FromUserId");
        fields.check(ZimIds.checkUser("FromUserId", sender));
        ZimMessageBody message = ZimMessageBody.read(fields, call.app().zim().messageBytes());
        Long given = fields.number("PushType", ONLINE, PUSH_ONLY);
        int pushType = given == null ? ONLINE : given.intValue();
        if (fields.problem().isPresent()) {
            return ZimPlan.refused(fields.problem().get());
        }
        Optional<PushNotification> shown = message.shown();
        if (pushType == PUSH_ONLY && shown.isEmpty()) {
            return ZimPlan.refused(ZimProblem.parameter("PushType 2 is a push and nothing else: MessageBody.OfflinePush"
                    + " must have Enable 1 and a Title or Content"));
        }
        return plan(call.app(), command(call.app(), sender, message, pushType, shown.orElse(null)));
    }

    private AllUsersCommand command(
            App app, String sender, ZimMessageBody message, int pushType, PushNotification shown) {
        PushTo pushTo =
                switch (pushType) {
                    case ONLINE_AND_OFFLINE -> shown == null ? PushTo.NONE : PushTo.OFFLINE;
                    case PUSH_ONLY -> app.zim().pushType2();
                    default -> PushTo.NONE;
                };
        return new AllUsersCommand(
                uids.next(MessageKind.ALL_USERS),
                sender,
                null,
                null,
                null,
                message.content(),
                pushType == PUSH_ONLY ? InApp.NONE : InApp.LIVE,
                pushTo,
                pushTo == PushTo.NONE ? null : shown,
                null,
                null);
    }

    private ZimPlan plan(App app, AllUsersCommand command) {
        Optional<ZimProblem> broken =
                CommandRules.check(command).stream().findFirst().map(ZimProblem::of);
        if (broken.isPresent()) {
            return ZimPlan.refused(broken.get());
        }
        String uid = command.messageUID();
        return ZimPlan.admitted(() -> senders.refusal(app.key(), command.fromUserId()), () -> publisher
                .publish(Topic.ALL_USERS_COMMAND, app.key(), uid, Json.write(command))
                .onFailure()
                .call(() -> quotas.charge(app.key(), quota(), app.limitsOf(quota()), -1))
                .replaceWith(() -> ZimAnswer.sent(uid, Map.of())));
    }
}

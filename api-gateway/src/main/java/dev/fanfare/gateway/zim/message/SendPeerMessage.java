package dev.fanfare.gateway.zim.message;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.message.MessageKind;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.message.UserMessageUid;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.command.CommandPublisher;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.UserFailures;
import dev.fanfare.gateway.zim.UserLists;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimIds;
import dev.fanfare.gateway.zim.ZimPlan;
import dev.fanfare.gateway.zim.ZimProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code SendPeerMessage}: to up to a hundred users, each in a conversation with the sender ({@code wire/zego.md}, 4.6). It
 * waits for those who are away as a system message does; a push comes only where {@code OfflinePush} asks for one. The
 * sender's own devices get no copy: {@code SenderUnaware} is checked and ignored, and so are {@code Priority}, {@code
 * SearchedContent} and {@code SendMsgOptions}.
 */
@ApplicationScoped
public class SendPeerMessage implements ZimAction {

    private static final String FAILURES = "ErrorList";
    private static final String SUCCESSES = "SuccList";

    private final Users users;
    private final MessageUids uids;
    private final CommandPublisher publisher;

    SendPeerMessage(Users users, MessageUids uids, CommandPublisher publisher) {
        this.users = users;
        this.uids = uids;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "SendPeerMessage";
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_PEER_MESSAGE;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.SYSTEM);
    }

    @Override
    public Optional<String> failures() {
        return Optional.of(FAILURES);
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        ZimFields fields = ZimFields.of(call.body());
        String sender = fields.text("FromUserId");
        fields.check(ZimIds.checkUser("FromUserId", sender));
        List<String> receivers = UserLists.ids(fields, "ToUserId", Limits.USERS_PER_MESSAGE);
        if (sender != null && receivers.contains(sender)) {
            fields.wrong("ToUserId", "must not contain FromUserId");
        }
        ConversationOptions.check(fields);
        fields.switchedOn("SenderUnaware");
        ZimMessageBody message = ZimMessageBody.read(fields, call.app().zim().messageBytes());
        if (fields.problem().isPresent()) {
            return ZimPlan.refused(fields.problem().get());
        }
        // Rules of commands do not look at whether a recipient exists: what they refuse is refused for all.
        Optional<ZimProblem> broken = CommandRules.check(command(sender, receivers, message)).stream()
                .findFirst()
                .map(ZimProblem::of);
        return broken.map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ready(() -> send(call.app().key(), sender, receivers, message)));
    }

    private Uni<ZimAnswer> send(String appKey, String sender, List<String> receivers, ZimMessageBody message) {
        List<String> all = new ArrayList<>(receivers);
        all.add(sender);
        return users.find(appKey, all)
                .flatMap(known -> known.containsKey(sender)
                        ? send(appKey, sender, receivers, known.keySet(), message)
                        : Uni.createFrom().item(ZimAnswer.refused(ZimError.SENDER_UNKNOWN)));
    }

    private Uni<ZimAnswer> send(
            String appKey, String sender, List<String> receivers, Set<String> known, ZimMessageBody message) {
        UserFailures failures = UserFailures.withCodes();
        List<String> reached = failures.only(receivers, known, ZimError.NOT_REGISTERED);
        if (reached.isEmpty()) {
            return Uni.createFrom().item(failures.answer(FAILURES, 0, Map.of(SUCCESSES, List.of())));
        }
        TemplateCommand command = command(sender, reached, message);
        List<Map<String, Object>> sent =
                command.messageUIDs().stream().map(SendPeerMessage::entry).toList();
        String id = command.messageUIDs().get(0).messageUID();
        return publisher
                .publish(Topic.TEMPLATE_COMMAND, appKey, id, Json.write(command))
                .replaceWith(() -> failures.answer(FAILURES, reached.size(), Map.of(SUCCESSES, sent))
                        .of(id));
    }

    private TemplateCommand command(String sender, List<String> receivers, ZimMessageBody message) {
        PushNotification push = message.askedFor().orElse(null);
        List<UserMessageUid> ids = receivers.stream()
                .map(user -> new UserMessageUid(user, uids.next(MessageKind.SYSTEM)))
                .toList();
        return new TemplateCommand(
                ids,
                sender,
                null,
                receivers,
                null,
                null,
                null,
                push == null ? null : forEach(receivers, push.content()),
                push == null ? null : forEach(receivers, push.data()),
                push == null ? null : message.push().ext(push.title()),
                null,
                push == null ? Boolean.TRUE : null,
                null,
                message.content());
    }

    private static List<String> forEach(List<String> users, String text) {
        return text == null ? null : Collections.nCopies(users.size(), text);
    }

    private static Map<String, Object> entry(UserMessageUid sent) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("UserId", sent.userId());
        entry.put("MsgId", sent.messageUID());
        entry.put("MsgSeq", MessageUid.timeOf(sent.messageUID()));
        return entry;
    }
}

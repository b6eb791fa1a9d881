package dev.fanfare.gateway.rongcloud.allusers;

import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.Audience;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.contracts.command.ZimContent;
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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code POST /fanfare/v1/broadcasts}, JSON: all that {@link AllUsersCommand} can say, under its names; {@code sendAt},
 * {@code cron} and {@code timeZone} stand beside the others. What no vendor's call can: when.
 */
@ApplicationScoped
public class BroadcastCreation implements Endpoint {

    static final String PATH = "/fanfare/v1/broadcasts";

    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "fromUserId",
            "objectName",
            "content",
            "disableUpdateLastMsg",
            "zim",
            "inApp",
            "pushTo",
            "push",
            "audience",
            "sendAt",
            "cron",
            "timeZone",
            "msgRandom"));

    /** Beyond these a time is a mistake, seconds for instance. */
    private static final Duration LATEST = Duration.ofDays(366);

    private static final Duration EARLIEST = Duration.ofDays(-1);

    private final MessageUids uids;
    private final AllUsersMessages messages;
    private final Clock clock;

    BroadcastCreation(MessageUids uids, AllUsersMessages messages, Clock clock) {
        this.uids = uids;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.BROADCASTS;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.ALL_USERS);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Prepared prepare(Call call) {
        JsonFields json = JsonFields.read(call.body());
        json.refuseOthers(FIELDS);
        FieldRules rules = new FieldRules();
        PushTo pushTo = oneOf(json, rules, "pushTo", PushTo.values());
        AllUsersCommand command = new AllUsersCommand(
                uids.next(MessageKind.ALL_USERS),
                json.text("fromUserId"),
                json.text("objectName"),
                json.text("content"),
                json.bool("disableUpdateLastMsg"),
                zim(json.object("zim")),
                oneOf(json, rules, "inApp", InApp.values()),
                pushTo,
                push(json.object("push"), pushTo),
                audience(json.object("audience")),
                schedule(json, rules));
        Long msgRandom = json.number("msgRandom");
        List<Violation> broken = new ArrayList<>(rules.found());
        broken.addAll(CommandRules.check(command));
        return Prepared.refusal(json.problems(), broken)
                .orElseGet(() -> messages.publish(
                        call.app().key(), command, 1, msgRandom, Map.of("messageUID", command.messageUID())));
    }

    private static <T extends Enum<T>> T oneOf(JsonFields json, FieldRules rules, String field, T[] values) {
        String given = json.text(field);
        T found = Arrays.stream(values)
                .filter(value -> value.name().equals(given))
                .findFirst()
                .orElse(null);
        rules.holds(given == null || found != null, field, "must be one of " + Arrays.toString(values));
        return found;
    }

    private static ZimContent zim(JsonFields zim) {
        return zim == null
                ? null
                : new ZimContent(
                        zim.integer("messageType"),
                        zim.integer("subMsgType"),
                        zim.text("message"),
                        zim.text("extendedData"));
    }

    /** Everything of a push may be left to its defaults. */
    private static PushNotification push(JsonFields push, PushTo pushTo) {
        if (push == null) {
            return pushTo == null || pushTo == PushTo.NONE
                    ? null
                    : new PushNotification(null, null, null, null, null, null);
        }
        return new PushNotification(
                push.text("title"),
                push.text("content"),
                push.text("data"),
                push.text("ext"),
                push.integer("contentAvailable"),
                push.texts("platforms"));
    }

    private static Audience audience(JsonFields audience) {
        return audience == null
                ? null
                : new Audience(audience.texts("userIds"), audience.texts("tags"), audience.texts("anyTags"));
    }

    private Schedule schedule(JsonFields json, FieldRules rules) {
        Long sendAt = json.number("sendAt");
        String cron = json.text("cron");
        String timeZone = json.text("timeZone");
        if (sendAt != null) {
            long fromNow = sendAt - clock.millis();
            rules.holds(
                    fromNow >= EARLIEST.toMillis() && fromNow <= LATEST.toMillis(),
                    "sendAt",
                    "must be ms since 1970, within " + LATEST.toDays() + " days from now");
        }
        return sendAt == null && cron == null && timeZone == null ? null : new Schedule(sendAt, cron, timeZone);
    }
}

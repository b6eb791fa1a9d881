package dev.fanfare.gateway.rongcloud.message;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Call;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.JsonFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code POST /message/system/publish_template.json}: to up to a hundred users, each with their own values in the text.
 * JSON. Lists shorter than {@code toUserId}, nulls and empty strings in them mean "none for this user".
 */
@ApplicationScoped
public class SystemTemplate implements Endpoint {

    private final UserMessages messages;

    SystemTemplate(UserMessages messages) {
        this.messages = messages;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.SYSTEM_TEMPLATE;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.TEMPLATE);
    }

    @Override
    public Prepared prepare(Call call) {
        JsonFields json = JsonFields.read(call.body());
        List<Map<String, String>> values = json.maps("values");
        TemplateCommand asked = new TemplateCommand(
                null,
                json.text("fromUserId"),
                null,
                json.texts("toUserId"),
                json.text("objectName"),
                values,
                json.text("content"),
                withoutEmpty(json.texts("pushContent")),
                withoutEmpty(json.texts("pushData")),
                json.text("pushExt"),
                json.integer("contentAvailable"),
                json.bool("disablePush"),
                json.bool("disableUpdateLastMsg"));
        Long msgRandom = json.number("msgRandom");
        List<Violation> broken = new ArrayList<>(CommandRules.check(asked));
        if (values == null) {
            // A command without values is a system message; the template endpoint wants them.
            broken.add(new Violation("values", Violation.Kind.MISSING, "values is required"));
        }
        return Prepared.refusal(json.problems(), broken)
                .orElseGet(() -> messages.publish(call.app().key(), asked, msgRandom));
    }

    private static List<String> withoutEmpty(List<String> texts) {
        if (texts == null) {
            return null;
        }
        List<String> kept = new ArrayList<>();
        texts.forEach(text -> kept.add(text == null || text.isEmpty() ? null : text));
        return kept.stream().anyMatch(Objects::nonNull) ? kept : null;
    }
}

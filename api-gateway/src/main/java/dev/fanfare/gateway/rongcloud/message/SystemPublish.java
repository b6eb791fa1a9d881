package dev.fanfare.gateway.rongcloud.message;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Call;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /message/system/publish.json}: the same message to up to a hundred users. {@code isPersisted},
 * {@code isCounted}, {@code count} and {@code busChannel}, which some SDKs send, mean nothing here.
 */
@ApplicationScoped
public class SystemPublish implements Endpoint {

    private final UserMessages messages;

    SystemPublish(UserMessages messages) {
        this.messages = messages;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.SYSTEM;
    }

    @Override
    public Optional<Feature> feature() {
        return Optional.of(Feature.SYSTEM);
    }

    @Override
    public Prepared prepare(Call call) {
        FormFields form = FormFields.read(call.body());
        List<String> users = form.texts("toUserId");
        TemplateCommand asked = new TemplateCommand(
                null,
                form.text("fromUserId"),
                null,
                users,
                form.text("objectName"),
                null,
                form.text("content"),
                forEach(users, form.text("pushContent")),
                forEach(users, form.text("pushData")),
                form.text("pushExt"),
                form.integer("contentAvailable"),
                form.bool("disablePush"),
                form.bool("disableUpdateLastMsg"));
        Long msgRandom = form.number("msgRandom");
        return Prepared.refusal(form.problems(), CommandRules.check(asked))
                .orElseGet(() -> messages.publish(call.app().key(), asked, msgRandom));
    }

    private static List<String> forEach(List<String> users, String text) {
        return users == null || text == null ? null : Collections.nCopies(users.size(), text);
    }
}

package dev.fanfare.gateway.rongcloud.message;

import dev.fanfare.gateway.outcome.MessageOutcomes;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.OwnEndpoint;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.rongcloud.RongCloudError;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** {@code GET /fanfare/v1/messages/{messageUID}}: what became of a message. */
@ApplicationScoped
public class MessageOutcomeEndpoint {

    private static final int PAGE_SIZE = 100;
    private static final int MAX_PAGE_SIZE = 1_000;

    private final MessageOutcomes outcomes;

    MessageOutcomeEndpoint(MessageOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    @Produces
    @Singleton
    Endpoint outcomes() {
        return new OwnEndpoint(
                HttpMethod.GET, "/fanfare/v1/messages/{messageUID}", EndpointQuota.MESSAGE_OUTCOMES, this::read);
    }

    private Prepared read(String appKey, byte[] query) {
        FormFields form = FormFields.read(query);
        String messageUid = form.text("messageUID");
        String after = form.text("after");
        Integer limit = form.integer("limit");
        FieldRules rules = new FieldRules()
                .messageUid("messageUID", messageUid)
                .optionalRange("limit", limit, 1, MAX_PAGE_SIZE)
                .optionalName("after", after);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() ->
                        Prepared.ready(() -> outcomes.of(appKey, messageUid, after, limit == null ? PAGE_SIZE : limit)
                                .map(found -> found.map(Answer::success)
                                        .orElseGet(() -> Answer.refused(RongCloudError.UNKNOWN_MESSAGE)))));
    }
}

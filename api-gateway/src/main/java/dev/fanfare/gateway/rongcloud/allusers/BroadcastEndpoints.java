package dev.fanfare.gateway.rongcloud.allusers;

import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.gateway.broadcast.BroadcastChange;
import dev.fanfare.gateway.broadcast.Broadcasts;
import dev.fanfare.gateway.broadcast.Broadcasts.Action;
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
import java.util.Arrays;

/** {@code /fanfare/v1/broadcasts}: the messages to all users, how far each has come, and its end before it is done. */
@ApplicationScoped
public class BroadcastEndpoints {

    private static final String ONE = BroadcastCreation.PATH + "/{messageUID}";
    private static final int PAGE_SIZE = 100;

    private final Broadcasts broadcasts;

    BroadcastEndpoints(Broadcasts broadcasts) {
        this.broadcasts = broadcasts;
    }

    @Produces
    @Singleton
    Endpoint list() {
        return new OwnEndpoint(HttpMethod.GET, BroadcastCreation.PATH, EndpointQuota.BROADCAST_JOBS, this::list);
    }

    @Produces
    @Singleton
    Endpoint show() {
        return new OwnEndpoint(HttpMethod.GET, ONE, EndpointQuota.BROADCAST_JOBS, this::show);
    }

    @Produces
    @Singleton
    Endpoint pause() {
        return change(Action.PAUSE);
    }

    @Produces
    @Singleton
    Endpoint resume() {
        return change(Action.RESUME);
    }

    @Produces
    @Singleton
    Endpoint cancel() {
        return change(Action.CANCEL);
    }

    private Endpoint change(Action action) {
        return new OwnEndpoint(
                HttpMethod.POST,
                ONE + "/" + action.word(),
                EndpointQuota.BROADCAST_JOBS,
                (appKey, path) -> change(appKey, path, action));
    }

    private Prepared list(String appKey, byte[] query) {
        FormFields form = FormFields.read(query);
        String state = form.text("state");
        String after = form.text("after");
        Integer limit = form.integer("limit");
        FieldRules rules = new FieldRules()
                .holds(
                        state == null
                                || Arrays.stream(JobProgress.State.values())
                                        .anyMatch(known -> known.name().equals(state)),
                        "state",
                        "must be one of " + Arrays.toString(JobProgress.State.values()))
                .optionalRange("limit", limit, 1, PAGE_SIZE);
        if (after != null) {
            rules.messageUid("after", after);
        }
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> broadcasts
                        .list(appKey, state, after, limit == null ? PAGE_SIZE : limit)
                        .map(Answer::success)));
    }

    private Prepared show(String appKey, byte[] path) {
        FormFields form = FormFields.read(path);
        String messageUid = form.text("messageUID");
        FieldRules rules = new FieldRules().messageUid("messageUID", messageUid);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() ->
                        Prepared.ready(() -> broadcasts.find(appKey, messageUid).map(found -> found.map(Answer::success)
                                .orElseGet(() -> Answer.refused(RongCloudError.UNKNOWN_MESSAGE)))));
    }

    private Prepared change(String appKey, byte[] path, Action action) {
        FormFields form = FormFields.read(path);
        String messageUid = form.text("messageUID");
        FieldRules rules = new FieldRules().messageUid("messageUID", messageUid);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(
                        () -> broadcasts.change(appKey, messageUid, action).map(BroadcastEndpoints::answer)));
    }

    private static Answer answer(BroadcastChange change) {
        if (change instanceof BroadcastChange.Done done) {
            return Answer.success(done.fields());
        }
        return change instanceof BroadcastChange.NotNow notNow
                ? Answer.refused(RongCloudError.NOT_NOW, notNow.text())
                : Answer.refused(RongCloudError.UNKNOWN_MESSAGE);
    }
}

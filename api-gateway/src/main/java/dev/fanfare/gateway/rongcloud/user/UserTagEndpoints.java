package dev.fanfare.gateway.rongcloud.user;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormEndpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.JsonEndpoint;
import dev.fanfare.gateway.rongcloud.JsonFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.rongcloud.RongCloudError;
import dev.fanfare.gateway.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** {@code /user/tag/set.json} and {@code /user/tag/batch/set.json}, JSON, and {@code /user/tags/get.json}, a form. */
@ApplicationScoped
public class UserTagEndpoints {

    private static final int USERS_PER_BATCH = 1_000;
    private static final int USERS_PER_QUESTION = 50;

    private final Users users;

    UserTagEndpoints(Users users) {
        this.users = users;
    }

    @Produces
    @Singleton
    Endpoint set() {
        return new JsonEndpoint(EndpointQuota.USER_TAG_SET, this::set);
    }

    @Produces
    @Singleton
    Endpoint setMany() {
        return new JsonEndpoint(EndpointQuota.USER_TAG_BATCH_SET, this::setMany);
    }

    @Produces
    @Singleton
    Endpoint get() {
        return new FormEndpoint(EndpointQuota.USER_TAGS, this::get);
    }

    private Prepared set(String appKey, JsonFields json) {
        String userId = json.text("userId");
        return set(appKey, json, userId == null ? null : List.of(userId), new FieldRules().id("userId", userId));
    }

    private Prepared setMany(String appKey, JsonFields json) {
        List<String> userIds = json.texts("userIds");
        return set(appKey, json, userIds, new FieldRules().ids("userIds", userIds, USERS_PER_BATCH));
    }

    /** An empty list of tags takes all tags away. */
    private Prepared set(String appKey, JsonFields json, List<String> userIds, FieldRules rules) {
        List<String> tags = json.texts("tags");
        rules.required("tags", tags);
        CommandRules.checkTags(rules.found(), "tags", tags);
        return Prepared.refusal(json.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> users.setTags(
                                appKey,
                                userIds.stream().distinct().toList(),
                                tags.stream().distinct().toList())
                        .map(known -> known
                                ? Answer.success()
                                : Answer.refused(
                                        RongCloudError.PARAMETER,
                                        "One of the users has never got a token; nothing was changed."))));
    }

    private Prepared get(String appKey, FormFields form) {
        List<String> userIds = form.texts("userIds");
        FieldRules rules = new FieldRules().ids("userIds", userIds, USERS_PER_QUESTION);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(
                        () -> users.tags(appKey, userIds.stream().distinct().toList())
                                .map(tags -> Answer.success(Map.of("result", tags)))));
    }
}

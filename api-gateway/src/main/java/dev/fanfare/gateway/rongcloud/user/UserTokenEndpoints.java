package dev.fanfare.gateway.rongcloud.user;

import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormEndpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.token.TokenIssuer;
import dev.fanfare.gateway.user.AccessControl;
import dev.fanfare.gateway.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /user/getToken.json} and {@code /user/token/expire.json}: who may connect. */
@ApplicationScoped
public class UserTokenEndpoints {

    private static final int USERS_PER_EXPIRY = 20;

    private final Users users;
    private final TokenIssuer tokens;
    private final AccessControl access;

    UserTokenEndpoints(Users users, TokenIssuer tokens, AccessControl access) {
        this.users = users;
        this.tokens = tokens;
        this.access = access;
    }

    @Produces
    @Singleton
    Endpoint getToken() {
        return new FormEndpoint(EndpointQuota.USER_GET_TOKEN, this::getToken);
    }

    @Produces
    @Singleton
    Endpoint expire() {
        return new FormEndpoint(EndpointQuota.USER_TOKEN_EXPIRE, this::expire);
    }

    /** A name that is absent is an empty one; the answer comes when the user is stored. */
    private Prepared getToken(String appKey, FormFields form) {
        ProfileFields given = ProfileFields.of(form);
        return Prepared.refusal(form.problems(), given.rules().found())
                .orElseGet(() -> Prepared.ready(() -> users.register(
                                appKey, given.userId(), orEmpty(given.name()), orEmpty(given.portraitUri()))
                        .map(ignored -> token(appKey, given.userId()))));
    }

    private Answer token(String appKey, String userId) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("userId", userId);
        fields.put("token", tokens.issue(appKey, userId));
        return Answer.success(fields);
    }

    private Prepared expire(String appKey, FormFields form) {
        List<String> userIds = split(form.texts("userId"));
        Long time = form.number("time");
        FieldRules rules = new FieldRules()
                .ids("userId", userIds, USERS_PER_EXPIRY)
                .required("time", time)
                .optionalPositive("time", time);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(
                        () -> access.expireTokens(appKey, userIds, time).replaceWith(Answer::success)));
    }

    /** Several users come as repeated keys or, from older SDKs, with commas. */
    private static List<String> split(List<String> given) {
        return given == null
                ? null
                : given.stream()
                        .flatMap(value -> Arrays.stream(value.split(",", -1)))
                        .distinct()
                        .toList();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}

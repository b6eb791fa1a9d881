package dev.fanfare.gateway.rongcloud.user;

import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormEndpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.rongcloud.RongCloudError;
import dev.fanfare.gateway.user.UserProfile;
import dev.fanfare.gateway.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /user/refresh.json} and {@code /user/info.json}: what a push shows of a sender. */
@ApplicationScoped
public class UserProfileEndpoints {

    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String NO_SUCH_USER = "There is no such user: it has never got a token.";

    private final Users users;

    UserProfileEndpoints(Users users) {
        this.users = users;
    }

    @Produces
    @Singleton
    Endpoint refresh() {
        return new FormEndpoint(EndpointQuota.USER_REFRESH, this::refresh);
    }

    @Produces
    @Singleton
    Endpoint info() {
        return new FormEndpoint(EndpointQuota.USER_INFO, this::info);
    }

    /** What is absent stays. */
    private Prepared refresh(String appKey, FormFields form) {
        ProfileFields given = ProfileFields.of(form);
        return Prepared.refusal(form.problems(), given.rules().found())
                .orElseGet(() ->
                        Prepared.ready(() -> users.refresh(appKey, given.userId(), given.name(), given.portraitUri())
                                .map(known -> known ? Answer.success() : noSuchUser())));
    }

    private Prepared info(String appKey, FormFields form) {
        String userId = form.text("userId");
        FieldRules rules = new FieldRules().id("userId", userId);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> users.find(appKey, userId)
                        .map(user -> user.map(UserProfileEndpoints::answer).orElseGet(() -> noSuchUser()))));
    }

    private static Answer answer(UserProfile user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("userName", user.name());
        fields.put("userPortrait", user.portraitUri());
        fields.put("createTime", CREATED.format(user.createdAt()));
        return Answer.success(fields);
    }

    private static Answer noSuchUser() {
        return Answer.refused(RongCloudError.PARAMETER, NO_SUCH_USER);
    }
}

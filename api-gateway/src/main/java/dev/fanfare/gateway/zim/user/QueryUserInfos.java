package dev.fanfare.gateway.zim.user;

import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.UserProfile;
import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.UserFailures;
import dev.fanfare.gateway.zim.UserLists;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimPlan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code QueryUserInfos}: what is known of up to a hundred users. */
@ApplicationScoped
public class QueryUserInfos implements ZimAction {

    private static final String FAILURES = "ErrorList";

    private final Users users;

    QueryUserInfos(Users users) {
        this.users = users;
    }

    @Override
    public String name() {
        return "QueryUserInfos";
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_USER_INFOS;
    }

    @Override
    public Optional<String> failures() {
        return Optional.of(FAILURES);
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        String app = call.app().key();
        ZimFields fields = ZimFields.of(call.body());
        List<String> asked = fields.texts("UserIds").stream().distinct().toList();
        fields.check(UserLists.size("UserIds", asked, UserInfos.USERS));
        fields.check(UserLists.forQueries("UserIds", asked));
        return fields.problem()
                .map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ready(() -> users.find(app, asked).map(found -> answer(asked, found))));
    }

    private static ZimAnswer answer(List<String> asked, Map<String, UserProfile> found) {
        List<Map<String, Object>> result = new ArrayList<>();
        UserFailures failures = UserFailures.withCodes();
        for (String user : asked) {
            if (found.containsKey(user)) {
                result.add(entry(found.get(user)));
            } else {
                failures.add(user, ZimError.NOT_REGISTERED);
            }
        }
        return failures.answer(FAILURES, result.size(), Map.of("Result", result));
    }

    private static Map<String, Object> entry(UserProfile user) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("UserId", user.userId());
        entry.put("UserName", user.name());
        entry.put("UserAvatar", user.portraitUri());
        entry.put("Extra", user.extra());
        return entry;
    }
}

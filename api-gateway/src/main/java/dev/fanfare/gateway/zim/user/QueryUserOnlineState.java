package dev.fanfare.gateway.zim.user;

import dev.fanfare.gateway.presence.Presence;
import dev.fanfare.gateway.presence.UserState;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.UserFailures;
import dev.fanfare.gateway.zim.UserLists;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimPlan;
import dev.fanfare.gateway.zim.ZimProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code QueryUserOnlineState}: who of up to a hundred users is connected. A user who was never, or not for days, has no
 * state, like one who is not registered.
 */
@ApplicationScoped
public class QueryUserOnlineState implements ZimAction {

    private static final String FAILURES = "ErrorList";

    /** Questions to delivery-service at the same time. */
    private static final int AT_ONCE = 16;

    private final Users users;
    private final Presence presence;

    QueryUserOnlineState(Users users, Presence presence) {
        this.users = users;
        this.presence = presence;
    }

    @Override
    public String name() {
        return "QueryUserOnlineState";
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_USER_STATE;
    }

    @Override
    public Optional<String> failures() {
        return Optional.of(FAILURES);
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        String app = call.app().key();
        List<String> asked = call.query().texts("UserId").stream().distinct().toList();
        Optional<ZimProblem> problem =
                UserLists.size("UserId[]", asked, UserInfos.USERS).or(() -> UserLists.forQueries("UserId[]", asked));
        return problem.map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ready(() -> users.find(app, asked)
                        .flatMap(registered -> states(app, registered.keySet()))
                        .map(states -> answer(asked, states))));
    }

    private Uni<Map<String, UserState>> states(String app, Collection<String> registered) {
        return Multi.createFrom()
                .iterable(registered)
                .onItem()
                .transformToUni(user -> presence.of(app, user).map(state -> Map.entry(user, state)))
                .merge(AT_ONCE)
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static ZimAnswer answer(List<String> asked, Map<String, UserState> states) {
        List<Map<String, Object>> result = new ArrayList<>();
        UserFailures failures = UserFailures.withCodes();
        for (String user : asked) {
            switch (states.getOrDefault(user, UserState.NOT_SEEN)) {
                case ONLINE -> result.add(Map.of("UserId", user, "Status", "Online"));
                case OFFLINE -> result.add(Map.of("UserId", user, "Status", "Offline"));
                case NOT_SEEN -> failures.add(user, ZimError.NO_STATE);
            }
        }
        return failures.answer(FAILURES, result.size(), Map.of("Result", result));
    }
}

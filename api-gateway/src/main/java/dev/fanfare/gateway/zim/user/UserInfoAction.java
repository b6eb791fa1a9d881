package dev.fanfare.gateway.zim.user;

import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.UserChange;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimPlan;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * An action on {@code UserInfo}.
 *
 * @param otherwise what is said of a user with whom it could not be done
 * @param again what is said of a user whom a call names a second time
 * @param work App Key and users to the ids of those with whom it was done
 */
record UserInfoAction(
        String name,
        EndpointQuota quota,
        ZimError overQuota,
        ZimError otherwise,
        ZimError again,
        BiFunction<String, List<UserChange>, Uni<Set<String>>> work)
        implements ZimAction {

    private static final String FAILURES = "ErrorList";

    @Override
    public Optional<String> failures() {
        return Optional.of(FAILURES);
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        ZimFields fields = ZimFields.of(call.body());
        UserInfos infos = UserInfos.read(fields, again);
        return fields.problem()
                .map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ready(() -> perform(call.app().key(), infos)));
    }

    private Uni<ZimAnswer> perform(String appKey, UserInfos infos) {
        Uni<Set<String>> done =
                infos.good().isEmpty() ? Uni.createFrom().item(Set.of()) : work.apply(appKey, infos.good());
        return done.map(users -> answer(infos, users));
    }

    private ZimAnswer answer(UserInfos infos, Set<String> done) {
        infos.good().stream()
                .map(UserChange::userId)
                .filter(user -> !done.contains(user))
                .forEach(user -> infos.failures().add(user, otherwise));
        return infos.failures().answer(FAILURES, done.size(), Map.of());
    }
}

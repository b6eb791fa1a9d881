package dev.fanfare.gateway.rongcloud.user;

import dev.fanfare.gateway.device.QuietTime;
import dev.fanfare.gateway.device.UserDevices;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormEndpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /user/blockPushPeriod/set.json}, {@code get.json} and {@code delete.json}: when pushes shall not disturb a user. */
@ApplicationScoped
public class UserQuietTimeEndpoints {

    private static final int MAX_MINUTES = 1439;

    /** The vendor's levels go from "private and mentioning messages only" to "nothing". */
    private static final int LOWEST_LEVEL = 1;

    private static final int HIGHEST_LEVEL = 5;

    private final UserDevices devices;

    UserQuietTimeEndpoints(UserDevices devices) {
        this.devices = devices;
    }

    @Produces
    @Singleton
    Endpoint set() {
        return new FormEndpoint(EndpointQuota.USER_QUIET_SET, this::set);
    }

    @Produces
    @Singleton
    Endpoint get() {
        return new FormEndpoint(EndpointQuota.USER_QUIET_GET, this::get);
    }

    @Produces
    @Singleton
    Endpoint delete() {
        return new FormEndpoint(EndpointQuota.USER_QUIET_DELETE, this::delete);
    }

    private Prepared set(String appKey, FormFields form) {
        String userId = form.text("userId");
        String startTime = form.text("startTime");
        Integer period = form.integer("period");
        Integer level = form.integer("level");
        FieldRules rules = new FieldRules()
                .id("userId", userId)
                .required("startTime", startTime)
                .optionalTime("startTime", startTime)
                .required("period", period)
                .optionalRange("period", period, 0, MAX_MINUTES)
                .optionalRange("level", level, LOWEST_LEVEL, HIGHEST_LEVEL);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> devices.setQuietTime(
                                appKey, userId, new QuietTime(startTime, period, level == null ? LOWEST_LEVEL : level))
                        .replaceWith(Answer::success)));
    }

    private Prepared get(String appKey, FormFields form) {
        String userId = form.text("userId");
        FieldRules rules = new FieldRules().id("userId", userId);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() ->
                        Prepared.ready(() -> devices.quietTime(appKey, userId).map(UserQuietTimeEndpoints::answer)));
    }

    private Prepared delete(String appKey, FormFields form) {
        String userId = form.text("userId");
        FieldRules rules = new FieldRules().id("userId", userId);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(
                        () -> devices.removeQuietTime(appKey, userId).replaceWith(Answer::success)));
    }

    /** Empty data: there is none. */
    private static Answer answer(Optional<QuietTime> found) {
        Map<String, Object> data = new LinkedHashMap<>();
        found.ifPresent(time -> {
            data.put("startTime", time.startTime());
            data.put("period", time.periodMinutes());
            data.put("level", time.level());
        });
        return Answer.success(Map.of("data", data));
    }
}

package dev.fanfare.gateway.rongcloud.user;

import dev.fanfare.gateway.device.UserDevices;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.JsonFields;
import dev.fanfare.gateway.rongcloud.OwnEndpoint;
import dev.fanfare.gateway.rongcloud.Prepared;
import dev.fanfare.gateway.rongcloud.RongCloudError;
import dev.fanfare.gateway.user.Users;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** {@code /fanfare/v1/devices} and {@code /fanfare/v1/users/{userId}}: which devices a user has, and their end. */
@ApplicationScoped
public class UserDeviceEndpoints {

    private static final String DEVICES = "/fanfare/v1/devices";

    private final UserDevices devices;
    private final Users users;

    UserDeviceEndpoints(UserDevices devices, Users users) {
        this.devices = devices;
        this.users = users;
    }

    @Produces
    @Singleton
    Endpoint register() {
        return new OwnEndpoint(HttpMethod.POST, DEVICES, EndpointQuota.DEVICES, this::register);
    }

    @Produces
    @Singleton
    Endpoint list() {
        return new OwnEndpoint(HttpMethod.GET, DEVICES, EndpointQuota.DEVICES, this::list);
    }

    @Produces
    @Singleton
    Endpoint remove() {
        return new OwnEndpoint(HttpMethod.DELETE, DEVICES, EndpointQuota.DEVICES, this::remove);
    }

    @Produces
    @Singleton
    Endpoint forget() {
        return new OwnEndpoint(HttpMethod.DELETE, "/fanfare/v1/users/{userId}", EndpointQuota.USER_DATA, this::forget);
    }

    private Prepared register(String appKey, byte[] body) {
        JsonFields json = JsonFields.read(body);
        String userId = json.text("userId");
        String deviceId = json.text("deviceId");
        FieldRules rules = new FieldRules().id("userId", userId).id("deviceId", deviceId);
        return Prepared.refusal(json.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> devices.register(appKey, userId, deviceId, body)
                        .map(wrong -> wrong.<Answer>map(text -> Answer.refused(RongCloudError.PARAMETER, text))
                                .orElseGet(Answer::success))));
    }

    private Prepared list(String appKey, byte[] query) {
        FormFields form = FormFields.read(query);
        String userId = form.text("userId");
        FieldRules rules = new FieldRules().id("userId", userId);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(
                        () -> devices.list(appKey, userId).map(found -> Answer.success(Map.of("devices", found)))));
    }

    private Prepared remove(String appKey, byte[] query) {
        FormFields form = FormFields.read(query);
        String userId = form.text("userId");
        String deviceId = form.text("deviceId");
        FieldRules rules = new FieldRules().id("userId", userId).id("deviceId", deviceId);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(
                        () -> devices.remove(appKey, userId, deviceId).replaceWith(Answer::success)));
    }

    private Prepared forget(String appKey, byte[] query) {
        FormFields form = FormFields.read(query);
        String userId = form.text("userId");
        FieldRules rules = new FieldRules().id("userId", userId);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> users.remove(appKey, userId)
                        .flatMap(ignored -> devices.forget(appKey, userId))
                        .replaceWith(Answer::success)));
    }
}

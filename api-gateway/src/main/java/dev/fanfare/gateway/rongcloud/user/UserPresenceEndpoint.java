package dev.fanfare.gateway.rongcloud.user;

import dev.fanfare.gateway.presence.Presence;
import dev.fanfare.gateway.presence.UserState;
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
import java.util.Map;

/** {@code /user/checkOnline.json}. The status is a string on the wire. */
@ApplicationScoped
public class UserPresenceEndpoint {

    private static final String ONLINE = "1";
    private static final String OFFLINE = "0";

    private final Presence presence;

    UserPresenceEndpoint(Presence presence) {
        this.presence = presence;
    }

    @Produces
    @Singleton
    Endpoint checkOnline() {
        return new FormEndpoint(EndpointQuota.USER_CHECK_ONLINE, this::checkOnline);
    }

    private Prepared checkOnline(String appKey, FormFields form) {
        String userId = form.text("userId");
        FieldRules rules = new FieldRules().id("userId", userId);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(() -> presence.of(appKey, userId)
                        .map(state -> Answer.success(Map.of("status", state == UserState.ONLINE ? ONLINE : OFFLINE)))));
    }
}

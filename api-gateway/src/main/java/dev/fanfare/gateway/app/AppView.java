package dev.fanfare.gateway.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An app as the admin API shows it.
 *
 * @param secret only in the answer that created or rotated it, never again
 * @param zimPreviousSecret that the ServerSecret before the present one is good, too; null if there is none
 * @param confirmTimeoutSeconds null: as usual
 * @param inboxDays null: as usual
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AppView(
        String appKey,
        String name,
        AppStatus status,
        String secret,
        String zimAppId,
        Boolean zimPreviousSecret,
        String zimPushType2,
        Integer zimMessageBytes,
        Set<Feature> switchedOff,
        Map<String, Integer> limits,
        long clockWindowSeconds,
        boolean refuseReplays,
        Long confirmTimeoutSeconds,
        Integer inboxDays) {

    static AppView of(App app) {
        return of(app, null);
    }

    static AppView withSecret(App app) {
        return of(app, app.secret().reveal());
    }

    private static AppView of(App app, String secret) {
        Map<String, Integer> limits = new TreeMap<>();
        app.limits().forEach((window, limit) -> limits.put(window.name(), limit));
        Duration window = app.signatures().clockWindow();
        Duration confirmTimeout = app.delivery().confirmTimeout();
        return new AppView(
                app.key(),
                app.name(),
                app.status(),
                secret,
                app.zim() == null ? null : app.zim().appId(),
                app.zim() == null || app.zim().previousSecret() == null ? null : true,
                app.zim() == null ? null : app.zim().pushType2().name().toLowerCase(Locale.ROOT),
                app.zim() == null ? null : app.zim().messageBytes(),
                new TreeSet<>(app.switchedOff()),
                limits,
                window == null ? 0 : window.toSeconds(),
                app.signatures().refuseReplays(),
                confirmTimeout == null ? null : confirmTimeout.toSeconds(),
                app.delivery().inboxDays());
    }
}

package dev.fanfare.delivery.app;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.sealing.Sealer.UnreadableException;
import dev.fanfare.contracts.token.ZimIdentity;
import dev.fanfare.runtime.settings.AppSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The settings of every app, in memory, as {@link AppSettingsFollower} tells them; none of an app that is not known, or
 * was deleted. Asked from any thread, never blocks; told by one.
 */
@ApplicationScoped
public class KnownApps {

    private static final Logger LOGGER = Logger.getLogger(KnownApps.class);

    private final AppSecrets secrets;
    private final Map<String, Known> byKey = new ConcurrentHashMap<>();
    private final Map<String, ZimIdentity> byZimAppId = new ConcurrentHashMap<>();

    public KnownApps(AppSecrets secrets) {
        this.secrets = secrets;
    }

    /** @param zim null for an app that has none, or none that can be used */
    private record Known(AppSettings settings, ZimIdentity zim) {}

    /** What was set for an app. */
    public Optional<AppSettings> of(String appKey) {
        return Optional.ofNullable(byKey.get(appKey)).map(Known::settings);
    }

    /** The app that has this AppId on ZIM's API. */
    public Optional<ZimIdentity> zim(String zimAppId) {
        return Optional.ofNullable(byZimAppId.get(zimAppId));
    }

    /** The app that is on ZIM's API, if just one is. */
    public Optional<ZimIdentity> onlyZim() {
        List<ZimIdentity> all = List.copyOf(byZimAppId.values());
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Two gateways may write in the other order than they changed the app: the newer version stays. */
    public void learn(AppSettings told) {
        Known before = byKey.get(told.appKey());
        if (before != null && before.settings.version() > told.version()) {
            return;
        }
        Known after = new Known(told, zimOf(told));
        byKey.put(told.appKey(), after);
        if (after.zim != null) {
            byZimAppId.put(after.zim.appId(), after.zim);
        }
        forgetZim(before, after.zim);
    }

    public void forget(String appKey) {
        forgetZim(byKey.remove(appKey), null);
    }

    /** Unless another app has its AppId by now. */
    private void forgetZim(Known before, ZimIdentity after) {
        if (before != null
                && before.zim != null
                && (after == null || !after.appId().equals(before.zim.appId()))) {
            byZimAppId.remove(before.zim.appId(), before.zim);
        }
    }

    private ZimIdentity zimOf(AppSettings told) {
        if (told.zimAppId() == null || told.zimServerSecrets() == null) {
            return null;
        }
        List<Secret> opened = new ArrayList<>();
        try {
            for (String sealed : told.zimServerSecrets()) {
                opened.add(secrets.openZim(told.appKey(), sealed == null ? "" : sealed));
            }
        } catch (UnreadableException e) {
            LOGGER.errorf("the ServerSecret of app %s cannot be used: %s", told.appKey(), e.getMessage());
            return null;
        }
        return new ZimIdentity(told.appKey(), told.zimAppId(), opened);
    }
}

package dev.fanfare.gateway.app;

import dev.fanfare.contracts.Secret;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.quota.QuotaLimit;
import dev.fanfare.gateway.quota.QuotaWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A customer of the API, as the gateway knows it now.
 *
 * @param zim its identity on ZEGOCLOUD ZIM's API; null without one
 * @param switchedOff features that it may not use
 * @param limits its own limits; the others are the presets
 * @param signatures how strictly its signatures are checked
 * @param delivery how its messages are delivered
 * @param version rises with every change
 */
public record App(
        String key,
        String name,
        Secret secret,
        AppStatus status,
        Zim zim,
        Set<Feature> switchedOff,
        Map<QuotaWindow, Integer> limits,
        SignatureChecks signatures,
        Delivery delivery,
        long version) {

    public App {
        switchedOff = Set.copyOf(switchedOff);
        limits = Map.copyOf(limits);
    }

    /** An app as it is after its creation: active, everything on, preset limits. */
    static App created(String key, String name, Secret secret, Zim zim) {
        return new App(
                key,
                name,
                secret,
                AppStatus.ACTIVE,
                zim,
                Set.of(),
                Map.of(),
                SignatureChecks.VENDOR,
                Delivery.USUAL,
                0);
    }

    App withStatus(AppStatus changed) {
        return new App(key, name, secret, changed, zim, switchedOff, limits, signatures, delivery, version);
    }

    App withSecret(Secret changed) {
        return new App(key, name, changed, status, zim, switchedOff, limits, signatures, delivery, version);
    }

    App withZim(Zim changed) {
        return new App(key, name, secret, status, changed, switchedOff, limits, signatures, delivery, version);
    }

    public boolean isActive() {
        return status == AppStatus.ACTIVE;
    }

    public boolean has(Feature feature) {
        return !switchedOff.contains(feature);
    }

    /** What it may use of an endpoint: in each window its own limit, or else the preset one. */
    public List<QuotaLimit> limitsOf(EndpointQuota quota) {
        return quota.limits().stream()
                .map(preset -> new QuotaLimit(
                        limits.getOrDefault(new QuotaWindow(quota.counter(), preset.period()), preset.most()),
                        preset.period()))
                .toList();
    }

    /**
     * AppId and ServerSecret of ZIM.
     *
     * @param previousSecret the one before, which is good too while clients and back ends change over; null: none
     */
    public record Zim(String appId, Secret serverSecret, Secret previousSecret) {

        public Zim(String appId, Secret serverSecret) {
            this(appId, serverSecret, null);
        }

        /** All that are good, the present one first. */
        public List<Secret> secrets() {
            return previousSecret == null ? List.of(serverSecret) : List.of(serverSecret, previousSecret);
        }

        /** The present secret becomes the previous one, unless it stays, or this is another app of ZIM. */
        Zim changedTo(String newAppId, Secret newSecret) {
            if (!newAppId.equals(appId)) {
                return new Zim(newAppId, newSecret);
            }
            return newSecret.equals(serverSecret) ? this : new Zim(appId, newSecret, serverSecret);
        }

        Zim withoutPrevious() {
            return new Zim(appId, serverSecret);
        }
    }

    /**
     * How an app's messages are delivered, where it differs from the installation.
     *
     * @param confirmTimeout how long a client may take to confirm a message before its device gets a push; null: as usual
     * @param inboxDays how long messages wait for a user who is away; null: as usual
     */
    public record Delivery(Duration confirmTimeout, Integer inboxDays) {

        static final Delivery USUAL = new Delivery(null, null);
    }

    /**
     * What is checked beside the signature itself. RongCloud checks neither (its SDKs send seconds, and its Node SDK one
     * triple for days), so both are off by default.
     *
     * @param clockWindow how far {@code Timestamp} may be from now; null: not checked
     * @param refuseReplays whether a triple of nonce, time stamp and signature is accepted once only
     */
    public record SignatureChecks(Duration clockWindow, boolean refuseReplays) {

        static final SignatureChecks VENDOR = new SignatureChecks(null, false);
    }
}

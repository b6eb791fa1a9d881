package dev.fanfare.gateway.app;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
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
     * What an app is on ZIM's API, and what it is allowed there beyond the vendor's presets.
     *
     * @param previousSecret the ServerSecret before the present one, good too while clients and back ends change over;
     *     null: none
     * @param pushType2 whose devices a message to all users with {@code PushType} 2 is for: {@code OFFLINE} as the vendor's
     *     older documents say, {@code ALL} as its newer ones do
     * @param messageBytes how long {@code Message} of a message may be
     */
    public record Zim(String appId, Secret serverSecret, Secret previousSecret, PushTo pushType2, int messageBytes) {

        /** 2 KB, the vendor's. */
        public static final int MESSAGE_BYTES = 2 * 1024;

        /** 32 KB, to which the vendor raises it. */
        public static final int MOST_MESSAGE_BYTES = 32 * 1024;

        /** With the presets. */
        public Zim(String appId, Secret serverSecret) {
            this(appId, serverSecret, null, PushTo.OFFLINE, MESSAGE_BYTES);
        }

        /** All that are good, the present one first. */
        public List<Secret> secrets() {
            return previousSecret == null ? List.of(serverSecret) : List.of(serverSecret, previousSecret);
        }

        /** The present secret becomes the previous one, unless it stays, or this is another app of ZIM. */
        Zim changedTo(String newAppId, Secret newSecret) {
            if (!newAppId.equals(appId)) {
                return new Zim(newAppId, newSecret, null, pushType2, messageBytes);
            }
            return newSecret.equals(serverSecret)
                    ? this
                    : new Zim(appId, newSecret, serverSecret, pushType2, messageBytes);
        }

        Zim withoutPrevious() {
            return new Zim(appId, serverSecret, null, pushType2, messageBytes);
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

package dev.fanfare.gateway.app;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.gateway.app.App.Delivery;
import dev.fanfare.gateway.app.App.SignatureChecks;
import dev.fanfare.gateway.app.App.Zim;
import dev.fanfare.gateway.quota.QuotaWindow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bodies that the admin API takes, and what is wrong with them. */
final class AppRequests {

    private static final Pattern APP_KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int NAME_CHARS = 64;
    private static final int SECRET_CHARS = 128;
    private static final int MAX_LIMIT = 1_000_000;
    private static final Duration MAX_CLOCK_WINDOW = Duration.ofDays(1);
    private static final int MAX_CONFIRM_SECONDS = 60;
    private static final int MAX_INBOX_DAYS = 30;
    private static final Pattern ZIM_APP_ID = Pattern.compile("[1-9][0-9]{0,9}");
    private static final long MAX_ZIM_APP_ID = 0xffff_ffffL;
    private static final Pattern ZIM_SERVER_SECRET = Pattern.compile("[\\x21-\\x7e]{32}");

    private AppRequests() {}

    /** A new app. What is absent is made up: a random key, a random secret, the key as the name. */
    record Creation(String appKey, String name, String secret, String zimAppId, String zimServerSecret) {

        /** What is wrong with it, empty when nothing is. */
        Optional<String> problem() {
            if (appKey != null && !APP_KEY.matcher(appKey).matches()) {
                return Optional.of("appKey must be 1 to 64 of letters, digits, _ and -");
            }
            if (secret != null && (secret.isBlank() || secret.length() > SECRET_CHARS)) {
                return Optional.of("secret must have 1 to " + SECRET_CHARS + " characters");
            }
            if ((zimAppId == null) != (zimServerSecret == null)) {
                return Optional.of("zimAppId and zimServerSecret belong together");
            }
            return problemOfName(name)
                    .or(() -> zimAppId == null ? Optional.empty() : problemOfZim(zimAppId, zimServerSecret));
        }
    }

    /** What an app is on ZIM's API. */
    record ZimIdentity(String zimAppId, String zimServerSecret) {

        /** What is wrong with it, empty when nothing is. */
        Optional<String> problem() {
            return zimAppId == null || zimServerSecret == null
                    ? Optional.of("zimAppId and zimServerSecret are needed")
                    : problemOfZim(zimAppId, zimServerSecret);
        }

        App applyTo(App app) {
            Secret secret = Secret.of(zimServerSecret);
            return app.withZim(
                    app.zim() == null
                            ? new App.Zim(zimAppId, secret)
                            : app.zim().changedTo(zimAppId, secret));
        }
    }

    private static Optional<String> problemOfZim(String appId, String serverSecret) {
        if (!ZIM_APP_ID.matcher(appId).matches() || Long.parseLong(appId) > MAX_ZIM_APP_ID) {
            return Optional.of("zimAppId must be a number of 1 to " + MAX_ZIM_APP_ID);
        }
        return ZIM_SERVER_SECRET.matcher(serverSecret).matches()
                ? Optional.empty()
                : Optional.of("zimServerSecret must have 32 characters");
    }

    /**
     * What to change of an app; what is absent stays. {@code limits} and {@code switchedOff} replace what was there.
     *
     * @param limits window of a quota ({@code message/online/broadcast}, {@code message/broadcast:hour}) to calls in it
     * @param clockWindowSeconds 0: the time stamp of signatures is not checked
     * @param confirmTimeoutSeconds 0: as usual
     * @param inboxDays 0: as usual
     * @param zimPushType2 {@code offline} or {@code all}, see {@link Zim}
     */
    record Change(
            String name,
            List<Feature> switchedOff,
            Map<String, Integer> limits,
            Integer clockWindowSeconds,
            Boolean refuseReplays,
            Integer confirmTimeoutSeconds,
            Integer inboxDays,
            String zimPushType2,
            Integer zimMessageBytes) {

        private static final Map<String, PushTo> PUSH_TYPE_2 = Map.of("offline", PushTo.OFFLINE, "all", PushTo.ALL);

        /** What is wrong with it, empty when nothing is. */
        Optional<String> problem() {
            if (switchedOff != null && switchedOff.contains(null)) {
                return Optional.of("switchedOff must not contain null");
            }
            if (clockWindowSeconds != null
                    && (clockWindowSeconds < 0 || clockWindowSeconds > MAX_CLOCK_WINDOW.toSeconds())) {
                return Optional.of("clockWindowSeconds must be 0 to " + MAX_CLOCK_WINDOW.toSeconds());
            }
            if (isOutside(confirmTimeoutSeconds, MAX_CONFIRM_SECONDS)) {
                return Optional.of("confirmTimeoutSeconds must be 0 to " + MAX_CONFIRM_SECONDS);
            }
            if (isOutside(inboxDays, MAX_INBOX_DAYS)) {
                return Optional.of("inboxDays must be 0 to " + MAX_INBOX_DAYS);
            }
            if (zimPushType2 != null && !PUSH_TYPE_2.containsKey(zimPushType2)) {
                return Optional.of("zimPushType2 must be offline or all");
            }
            if (zimMessageBytes != null && (zimMessageBytes < 1 || zimMessageBytes > Zim.MOST_MESSAGE_BYTES)) {
                return Optional.of("zimMessageBytes must be 1 to " + Zim.MOST_MESSAGE_BYTES);
            }
            return problemOfName(name).or(this::problemOfLimits);
        }

        private static boolean isOutside(Integer value, int max) {
            return value != null && (value < 0 || value > max);
        }

        private Optional<String> problemOfLimits() {
            if (limits == null) {
                return Optional.empty();
            }
            return limits.entrySet().stream()
                    .map(limit -> QuotaWindow.of(limit.getKey()).isEmpty()
                            ? "limits: there is no limit " + limit.getKey()
                            : isLimit(limit.getValue()) ? null : "limits must be 1 to " + MAX_LIMIT)
                    .filter(problem -> problem != null)
                    .findFirst();
        }

        private static boolean isLimit(Integer limit) {
            return limit != null && limit >= 1 && limit <= MAX_LIMIT;
        }

        /** What it changes, without the values. */
        String fields() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("name", name);
            all.put("switchedOff", switchedOff);
            all.put("limits", limits);
            all.put("clockWindowSeconds", clockWindowSeconds);
            all.put("refuseReplays", refuseReplays);
            all.put("confirmTimeoutSeconds", confirmTimeoutSeconds);
            all.put("inboxDays", inboxDays);
            all.put("zimPushType2", zimPushType2);
            all.put("zimMessageBytes", zimMessageBytes);
            return all.entrySet().stream()
                    .filter(field -> field.getValue() != null)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.joining(", "));
        }

        /** Whether it is for apps only that are on ZIM's API. */
        boolean isOfZim() {
            return zimPushType2 != null || zimMessageBytes != null;
        }

        App applyTo(App app) {
            return new App(
                    app.key(),
                    name == null ? app.name() : name,
                    app.secret(),
                    app.status(),
                    app.zim() == null ? null : zim(app.zim()),
                    switchedOff == null ? app.switchedOff() : Set.copyOf(switchedOff),
                    limits == null ? app.limits() : byWindow(limits),
                    checks(app.signatures()),
                    delivery(app.delivery()),
                    app.version());
        }

        private Delivery delivery(Delivery present) {
            return new Delivery(
                    confirmTimeoutSeconds == null
                            ? present.confirmTimeout()
                            : confirmTimeoutSeconds == 0 ? null : Duration.ofSeconds(confirmTimeoutSeconds),
                    inboxDays == null ? present.inboxDays() : inboxDays == 0 ? null : inboxDays);
        }

        private Zim zim(Zim present) {
            return new Zim(
                    present.appId(),
                    present.serverSecret(),
                    present.previousSecret(),
                    zimPushType2 == null ? present.pushType2() : PUSH_TYPE_2.get(zimPushType2),
                    zimMessageBytes == null ? present.messageBytes() : zimMessageBytes);
        }

        private static Map<QuotaWindow, Integer> byWindow(Map<String, Integer> limits) {
            Map<QuotaWindow, Integer> byWindow = new LinkedHashMap<>();
            limits.forEach((name, limit) -> byWindow.put(QuotaWindow.of(name).orElseThrow(), limit));
            return byWindow;
        }

        private SignatureChecks checks(SignatureChecks present) {
            return new SignatureChecks(
                    clockWindowSeconds == null
                            ? present.clockWindow()
                            : clockWindowSeconds == 0 ? null : Duration.ofSeconds(clockWindowSeconds),
                    refuseReplays == null ? present.refuseReplays() : refuseReplays);
        }
    }

    private static Optional<String> problemOfName(String name) {
        return name != null && (name.isBlank() || name.length() > NAME_CHARS)
                ? Optional.of("name must have 1 to " + NAME_CHARS + " characters")
                : Optional.empty();
    }
}

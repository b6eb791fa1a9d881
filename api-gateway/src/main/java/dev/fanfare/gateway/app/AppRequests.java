package dev.fanfare.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
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

/** The bodies that the admin API takes, and what is wrong with them. An unknown field is refused: it may be a typing error. */
final class AppRequests {

    private static final Pattern APP_KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int NAME_CHARS = 64;
    private static final int SECRET_CHARS = 128;
    private static final int MAX_LIMIT = 1_000_000;
    private static final Duration MAX_CLOCK_WINDOW = Duration.ofDays(1);

    private static final ObjectReader READER = Json.mapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AppRequests() {}

    /** Empty: the body is not JSON of this shape. */
    static <T> Optional<T> read(String body, Class<T> type) {
        try {
            return Optional.ofNullable(READER.forType(type).readValue(body));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

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
            return problemOfName(name);
        }
    }

    /**
     * What to change of an app; what is absent stays. {@code limits} and {@code switchedOff} replace what was there.
     *
     * @param limits window of a quota ({@code message/online/broadcast}, {@code message/broadcast:hour}) to calls in it
     * @param clockWindowSeconds 0: the time stamp of signatures is not checked
     * @param zimPushType2 {@code offline} or {@code all}, see {@link Zim}
     */
    record Change(
            String name,
            List<Feature> switchedOff,
            Map<String, Integer> limits,
            Integer clockWindowSeconds,
            Boolean refuseReplays,
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
            if (zimPushType2 != null && !PUSH_TYPE_2.containsKey(zimPushType2)) {
                return Optional.of("zimPushType2 must be offline or all");
            }
            if (zimMessageBytes != null && (zimMessageBytes < 1 || zimMessageBytes > Zim.MOST_MESSAGE_BYTES)) {
                return Optional.of("zimMessageBytes must be 1 to " + Zim.MOST_MESSAGE_BYTES);
            }
            return problemOfName(name).or(this::problemOfLimits);
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
                    checks(app.signatures()));
        }

        private Zim zim(Zim present) {
            return new Zim(
                    present.appId(),
                    present.serverSecret(),
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

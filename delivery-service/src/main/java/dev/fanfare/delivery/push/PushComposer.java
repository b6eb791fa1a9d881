package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.PushExt;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.delivery.device.Device;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a device is shown for a message. Pure functions. */
final class PushComposer {

    /** Payloads of APNs and FCM have 4 KiB in all, and the app's own data wants some of it. */
    private static final int BODY_BYTES = 1024;

    private static final int TITLE_BYTES = 256;

    /** A push of RongCloud's {@code push.json} may have words of its own for a platform ({@code wire/rongcloud.md}, 4.4). */
    private static final String OWN_TEXT = "alert";

    private static final String OWN_TITLE = "title";
    private static final String OWN_DATA = "data";

    /** Providers to their names in {@code pushConfigs}, those that count first. Others have no options. */
    private static final Map<String, List<String>> CONFIGS = Map.of(
            "apns", List.of("APNs"),
            "fcm", List.of("FCM"),
            "huawei", List.of("HW", "OHOS"),
            "honor", List.of("HONOR"),
            "xiaomi", List.of("MI"),
            "oppo", List.of("OPPO"),
            "vivo", List.of("VIVO"));

    private PushComposer() {}

    /** @param expiresAt see {@link Push} */
    static Push compose(PushJob job, Device device, Instant expiresAt) {
        PushNotification asked = job.push();
        // The gateway and the rules of commands refuse one that cannot be read. Here the text is worth more than its
        // looks.
        PushExt ext = PushExt.read(asked.ext()).orElseGet(() -> new PushExt(null, Map.of()));
        Map<String, String> options = options(ext, device.provider());
        return new Push(
                device,
                title(options, ext, asked),
                Optional.ofNullable(options.get(OWN_TEXT))
                        .or(() -> PushText.of(job.message(), asked))
                        .map(text -> PushText.cut(text, BODY_BYTES))
                        .orElse(null),
                options.getOrDefault(OWN_DATA, asked.data()),
                PushRule.isSilent(asked),
                // Senders make of the message's id by what providers tell that one push stands for another.
                job.replaces() == null ? job.message() : job.message().withUid(job.replaces()),
                options,
                expiresAt);
    }

    private static String title(Map<String, String> options, PushExt ext, PushNotification asked) {
        String title = options.getOrDefault(OWN_TITLE, ext.title() == null ? asked.title() : ext.title());
        return title == null || title.isBlank() ? null : PushText.cut(title, TITLE_BYTES);
    }

    private static Map<String, String> options(PushExt ext, String provider) {
        return CONFIGS.getOrDefault(provider, List.of()).stream()
                .map(ext::configOf)
                .filter(config -> !config.isEmpty())
                .findFirst()
                .orElseGet(Map::of);
    }
}

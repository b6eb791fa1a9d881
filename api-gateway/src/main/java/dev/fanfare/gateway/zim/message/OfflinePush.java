package dev.fanfare.gateway.zim.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.gateway.zim.ZimFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code OfflinePush} of a message ({@code wire/zego.md}, 3.5): whether and how devices that are not connected show it.
 * {@code PushStrategyId}, {@code PrivateMessageTemplate} and the icons of {@code PushImageInfo} name things that are kept at
 * the vendor; they are checked and go no further.
 *
 * @param given false: the message has none
 * @param enabled {@code Enable} is 1
 * @param options by the provider's name in RongCloud's {@code pushConfigs}
 */
record OfflinePush(
        boolean given,
        boolean enabled,
        String title,
        String content,
        String payload,
        Map<String, Map<String, String>> options) {

    private static final int STRATEGY_CHARS = 32;
    private static final int MAX_BADGE = 99;

    /** What a push shows of a text that was not written for it; providers take little more. */
    private static final int TEXT_BYTES = 1024;

    private static final List<String> WITH_BADGE = List.of("APNs", "HW", "HONOR");

    /** Problems are noted in {@code body}. */
    static OfflinePush read(ZimFields body) {
        if (!body.has("OfflinePush")) {
            return new OfflinePush(false, false, null, null, null, Map.of());
        }
        ZimFields push = body.object("OfflinePush");
        boolean enabled = push.switchedOn("Enable");
        checkWhatGoesNoFurther(push);
        return new OfflinePush(
                true,
                enabled,
                notEmpty(push, "Title"),
                notEmpty(push, "Content"),
                notEmpty(push, "Payload"),
                options(push));
    }

    private static void checkWhatGoesNoFurther(ZimFields push) {
        String strategy = push.text("PushStrategyId");
        if (strategy != null && strategy.length() > STRATEGY_CHARS) {
            push.wrong("PushStrategyId", "is longer than " + STRATEGY_CHARS + " characters");
        }
        ZimFields template = push.object("PrivateMessageTemplate");
        template.text("TemplateId");
        template.text("TitleParameters");
        template.text("ContentParameters");
    }

    private static Map<String, Map<String, String>> options(ZimFields push) {
        Map<String, Map<String, String>> options = new LinkedHashMap<>();
        put(options, "APNs", "thread-id", notEmpty(push, "ThreadId"));
        ZimFields images = push.object("PushImageInfo");
        ZimFields apns = images.object("Apns");
        // One of the vendor's pages prints the name without its first letter.
        put(options, "APNs", "richMediaUri", apns.has("Image") ? notEmpty(apns, "Image") : notEmpty(apns, "mage"));
        ZimFields fcm = images.object("Android").object("FCM");
        put(options, "FCM", "imageUrl", notEmpty(fcm, "Image"));
        fcm.text("Icon");
        ZimFields huawei = images.object("Android").object("HuaWei");
        put(options, "HW", "image", notEmpty(huawei, "Image"));
        huawei.text("Icon");
        Long increment = push.number("BadgeIncrement", 0, Long.MAX_VALUE);
        if (push.flag("EnableBadge") && increment != null && increment > 0) {
            String badge = Long.toString(Math.min(increment, MAX_BADGE));
            WITH_BADGE.forEach(provider -> put(options, provider, "badgeIncrement", badge));
        }
        return options;
    }

    private static void put(Map<String, Map<String, String>> options, String provider, String key, String value) {
        if (value != null) {
            options.computeIfAbsent(provider, name -> new LinkedHashMap<>()).put(key, value);
        }
    }

    private static String notEmpty(ZimFields fields, String field) {
        String text = fields.text(field);
        return text == null || text.isEmpty() ? null : text;
    }

    /**
     * What devices show. A message without {@code OfflinePush} shows its own text, and so does one without {@code Content};
     * {@code Enable} 0 forbids it. A title without a text is the text.
     *
     * @param text of the message; null if it is none that people read
     * @return empty: nothing to show, or forbidden
     */
    Optional<PushNotification> shown(String text) {
        if (given && !enabled) {
            return Optional.empty();
        }
        String own = text == null ? null : cut(text);
        if (content == null && own == null && title != null) {
            return Optional.of(new PushNotification(null, title, payload, ext(null), null));
        }
        return Optional.ofNullable(content == null ? own : content)
                .map(shown -> new PushNotification(title, shown, payload, ext(null), null));
    }

    /**
     * RongCloud's {@code pushExt}; null where nothing was asked for.
     *
     * @param withTitle of the push, where a command has no other place for it; null without
     */
    String ext(String withTitle) {
        if (options.isEmpty() && withTitle == null) {
            return null;
        }
        ObjectNode ext = Json.mapper().createObjectNode();
        if (withTitle != null) {
            ext.put("title", withTitle);
        }
        ArrayNode configs = ext.putArray("pushConfigs");
        options.forEach((provider, values) -> {
            ObjectNode config = configs.addObject().putObject(provider);
            values.forEach(config::put);
        });
        return new String(Json.write(ext), StandardCharsets.UTF_8);
    }

    /** As many whole characters as fit. */
    private static String cut(String text) {
        if (ZimFields.bytes(text) <= TEXT_BYTES) {
            return text;
        }
        List<Integer> kept = new ArrayList<>();
        int bytes = 0;
        for (int character : text.codePoints().toArray()) {
            bytes += ZimFields.bytes(Character.toString(character));
            if (bytes > TEXT_BYTES) {
                break;
            }
            kept.add(character);
        }
        return new String(kept.stream().mapToInt(Integer::intValue).toArray(), 0, kept.size());
    }
}

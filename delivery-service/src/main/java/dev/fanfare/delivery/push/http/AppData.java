package dev.fanfare.delivery.push.http;

import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.AppFields;
import dev.fanfare.delivery.push.Push;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@link AppFields} as text, for vendors who carry text only. */
public final class AppData {

    private AppData() {}

    /** {@code {"appData": ..., "rc": {...}}}, or {@code {"payload": ...}}; no data of the app's own if the push has none. */
    public static String json(Push push) {
        return text(AppFields.of(push));
    }

    /** {@code rc} alone. */
    public static String rc(Push push) {
        return text(AppFields.rc(push));
    }

    private static String text(Map<String, Object> fields) {
        return new String(Json.write(fields), StandardCharsets.UTF_8);
    }
}

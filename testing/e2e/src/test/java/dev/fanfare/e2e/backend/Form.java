package dev.fanfare.e2e.backend;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A form body; a name may come several times, which is how lists are sent. */
public final class Form {

    private final List<String> pairs = new ArrayList<>();

    private Form() {}

    /** A form with one field. */
    public static Form of(String name, Object value) {
        return new Form().and(name, value);
    }

    public Form and(String name, Object value) {
        pairs.add(encoded(name) + "=" + encoded(String.valueOf(value)));
        return this;
    }

    String body() {
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

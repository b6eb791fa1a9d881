package dev.fanfare.standalone.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Fields of a form, in order; a list is a repeated field. Not thread-safe. */
public final class Form {

    private final List<String> pairs = new ArrayList<>();

    public Form with(String name, String value) {
        pairs.add(encode(name) + "=" + encode(value));
        return this;
    }

    public Form with(String name, Iterable<String> values) {
        values.forEach(value -> with(name, value));
        return this;
    }

    String encoded() {
        return String.join("&", pairs);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

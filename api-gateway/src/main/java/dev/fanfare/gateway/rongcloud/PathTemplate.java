package dev.fanfare.gateway.rongcloud;

import java.util.Optional;
import java.util.StringJoiner;

/**
 * A path in which some segments are fields: {@code /fanfare/v1/broadcasts/{messageUID}/pause}. One without fields is a path
 * like any other.
 */
record PathTemplate(String text) {

    private static final String SEPARATOR = "/";

    boolean hasFields() {
        return text.indexOf('{') >= 0;
    }

    /** The fields that such a path holds, as a form; empty if it is no such path. */
    Optional<String> fieldsIn(String path) {
        String[] wanted = text.split(SEPARATOR, -1);
        String[] given = path.split(SEPARATOR, -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        StringJoiner fields = new StringJoiner("&");
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                fields.add(wanted[i].substring(1, wanted[i].length() - 1) + "=" + asFormValue(given[i]));
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(fields.toString());
    }

    /** In a path these stand for themselves. */
    private static String asFormValue(String segment) {
        return segment.replace("+", "%2B").replace("&", "%26");
    }
}

package dev.fanfare.contracts.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Limits;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Replaces placeholders in a text, literally and in one pass: a value is never scanned again, the longest placeholder
 * that fits at a place wins, and a placeholder without a value stays as text. Where the text is JSON, a value that lands
 * inside a JSON string is escaped, so that a quote in a name cannot break the message or forge a field of it; a value
 * outside of strings ({@code {"n":{d}}}) goes in as it is.
 *
 * <p>It stands in the contract because two sides need the same answer: the gateway refuses what would outgrow the limits
 * before it says 200, the template service renders.
 */
public final class Placeholders {

    private Placeholders() {}

    /** @return the rendered text, or {@code template} itself when nothing was replaced; null for null */
    public static String render(String template, Map<String, String> values) {
        if (template == null || values.isEmpty()) {
            return template;
        }
        Map<String, String> used = used(template, values);
        if (used.isEmpty()) {
            return template;
        }
        return substitute(template, used, isJson(substitute(template, neutral(used), true)));
    }

    private static Map<String, String> used(String template, Map<String, String> values) {
        Map<String, String> used = new HashMap<>();
        values.forEach((placeholder, value) -> {
            if (!placeholder.isEmpty() && value != null && template.contains(placeholder)) {
                used.put(placeholder, value);
            }
        });
        return used;
    }

    /** A digit is valid JSON inside a string and outside of one: with it in every place, the text shows what it is. */
    private static Map<String, String> neutral(Map<String, String> values) {
        Map<String, String> neutral = new HashMap<>();
        values.keySet().forEach(placeholder -> neutral.put(placeholder, "0"));
        return neutral;
    }

    /**
     * Ends where the text has become too long to be sent: {@link CommandRules} refuses it, whatever would follow.
     *
     * @param json whether a value inside of quotes is escaped and an escape sequence is left whole
     */
    private static String substitute(String template, Map<String, String> values, boolean json) {
        Map<Character, List<String>> placeholders = longestFirst(values);
        StringBuilder out = new StringBuilder(template.length() + 64);
        boolean inString = false;
        int at = 0;
        while (at < template.length() && out.length() <= Limits.CONTENT_BYTES) {
            String placeholder = placeholderAt(template, at, placeholders);
            if (placeholder != null) {
                append(out, values.get(placeholder), json && inString);
                at += placeholder.length();
                continue;
            }
            char c = template.charAt(at++);
            out.append(c);
            if (json && inString && c == '\\' && at < template.length()) {
                out.append(template.charAt(at++));
            } else if (c == '"') {
                inString = !inString;
            }
        }
        return out.toString();
    }

    /** By their first character, so that most places of a text need no comparison. */
    private static Map<Character, List<String>> longestFirst(Map<String, String> values) {
        return values.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .collect(Collectors.groupingBy(placeholder -> placeholder.charAt(0)));
    }

    private static String placeholderAt(String template, int at, Map<Character, List<String>> placeholders) {
        for (String placeholder : placeholders.getOrDefault(template.charAt(at), List.of())) {
            if (template.startsWith(placeholder, at)) {
                return placeholder;
            }
        }
        return null;
    }

    private static void append(StringBuilder out, String value, boolean escaped) {
        if (escaped) {
            JsonStringEncoder.getInstance().quoteAsString(value, out);
        } else {
            out.append(value);
        }
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = Json.mapper().createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}

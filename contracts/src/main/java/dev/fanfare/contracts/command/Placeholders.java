package dev.fanfare.contracts.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

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
        List<Map.Entry<String, String>> usable = usable(template, values);
        if (usable.isEmpty()) {
            return template;
        }
        return substitute(template, usable, isJson(substitute(template, neutral(usable), false)));
    }

    private static List<Map.Entry<String, String>> usable(String template, Map<String, String> values) {
        List<Map.Entry<String, String>> usable = new ArrayList<>();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (!entry.getKey().isEmpty() && entry.getValue() != null && template.contains(entry.getKey())) {
                usable.add(entry);
            }
        }
        usable.sort(Comparator.comparingInt(
                        (Map.Entry<String, String> entry) -> entry.getKey().length())
                .reversed());
        return usable;
    }

    /** A digit is valid JSON inside a string and outside of one: with it in every place, the text shows what it is. */
    private static List<Map.Entry<String, String>> neutral(List<Map.Entry<String, String>> values) {
        return values.stream().map(entry -> Map.entry(entry.getKey(), "0")).toList();
    }

    private static String substitute(String template, List<Map.Entry<String, String>> values, boolean json) {
        StringBuilder out = new StringBuilder(template.length() + 64);
        boolean inString = false;
        int at = 0;
        while (at < template.length()) {
            Map.Entry<String, String> match = matchAt(template, at, values);
            if (match != null) {
                append(out, match.getValue(), json && inString);
                at += match.getKey().length();
                continue;
            }
            char c = template.charAt(at++);
            out.append(c);
            if (c == '\\' && inString && at < template.length()) {
                out.append(template.charAt(at++));
            } else if (c == '"') {
                inString = !inString;
            }
        }
        return out.toString();
    }

    private static Map.Entry<String, String> matchAt(
            String template, int at, List<Map.Entry<String, String>> longestFirst) {
        for (Map.Entry<String, String> entry : longestFirst) {
            if (template.startsWith(entry.getKey(), at)) {
                return entry;
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

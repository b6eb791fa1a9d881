package dev.fanfare.gateway.rongcloud;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An {@code application/x-www-form-urlencoded} body in UTF-8. The vendor's SDKs leave much unescaped (Python non-ASCII
 * text and spaces, Java the brackets of {@code group[id]}), and lists are repeated keys. Bytes that are not UTF-8 and
 * broken escapes are refused, never replaced.
 */
public final class FormFields extends Fields {

    private static final int MAX_FIELDS = 10_000;
    private static final String BODY = "the body";

    private final Map<String, List<String>> values;

    private FormFields(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Never fails: a form that cannot be read has no fields and one problem. */
    public static FormFields read(byte[] body) {
        try {
            return new FormFields(decode(body));
        } catch (CharacterCodingException e) {
            return unreadable("is not UTF-8");
        } catch (IllegalArgumentException e) {
            return unreadable("is not a form: " + e.getMessage());
        }
    }

    /**
     * One byte is one character to the decoder, so that escaped and raw bytes of one character may be mixed; what comes
     * out is read as UTF-8. The decoder ends at '#', which has no meaning in a body.
     */
    private static Map<String, List<String>> decode(byte[] body) throws CharacterCodingException {
        String raw = new String(body, StandardCharsets.ISO_8859_1).replace("#", "%23");
        if (raw.chars().filter(c -> c == '&').count() >= MAX_FIELDS) {
            throw new IllegalArgumentException("more than " + MAX_FIELDS + " fields");
        }
        Map<String, List<String>> decoded = new LinkedHashMap<>();
        var decoder = new QueryStringDecoder(raw, StandardCharsets.ISO_8859_1, false, MAX_FIELDS, true);
        for (Map.Entry<String, List<String>> field : parameters(decoder).entrySet()) {
            List<String> texts = new ArrayList<>();
            for (String value : field.getValue()) {
                texts.add(utf8(value));
            }
            decoded.put(utf8(field.getKey()), texts);
        }
        return decoded;
    }

    private static Map<String, List<String>> parameters(QueryStringDecoder decoder) {
        try {
            return decoder.parameters();
        } catch (IllegalArgumentException e) {
            // Its message repeats the input.
            throw new IllegalArgumentException("broken % escape", e);
        }
    }

    private static String utf8(String bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
    }

    private static FormFields unreadable(String what) {
        FormFields fields = new FormFields(Map.of());
        fields.malformed(BODY, what);
        return fields;
    }

    @Override
    public String text(String field) {
        List<String> given = values.get(field);
        if (given == null) {
            return null;
        }
        if (given.size() > 1) {
            return malformed(field, "is given more than once");
        }
        return given.get(0).isEmpty() ? null : given.get(0);
    }

    /** All values of a repeated key, in order; null when it is absent. */
    public List<String> texts(String field) {
        return values.get(field);
    }

    /** The fields {@code name[key]}: key to value, in order. */
    public Map<String, String> keyed(String name) {
        Map<String, String> found = new LinkedHashMap<>();
        String prefix = name + "[";
        for (String field : values.keySet()) {
            if (field.startsWith(prefix) && field.endsWith("]")) {
                found.put(field.substring(prefix.length(), field.length() - 1), text(field));
            }
        }
        return found;
    }
}

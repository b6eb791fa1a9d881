package dev.fanfare.gateway.zim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a JSON object, with the types that the vendor documents: a number is no text, a text no number. A field that
 * is {@code null} is absent; unknown fields are ignored. What cannot be read is noted as a problem, and the field counts as
 * absent; the first problem is what the caller is told. For one thread.
 */
public final class ZimFields {

    private final JsonNode object;
    private final String prefix;
    private final List<ZimProblem> problems;

    private ZimFields(JsonNode object, String prefix, List<ZimProblem> problems) {
        this.object = object;
        this.prefix = prefix;
        this.problems = problems;
    }

    public static ZimFields of(JsonNode object) {
        return new ZimFields(object, "", new ArrayList<>());
    }

    /** What is wrong; empty: nothing so far. */
    public Optional<ZimProblem> problem() {
        return problems.stream().findFirst();
    }

    /** Notes what a rule found; nothing where it found nothing. */
    public void check(Optional<ZimProblem> found) {
        found.ifPresent(problems::add);
    }

    /** Notes that a parameter is wrong. */
    public void wrong(String field, String whatToChange) {
        problems.add(ZimProblem.parameter(prefix + field + " " + whatToChange));
    }

    public boolean has(String field) {
        return !isAbsent(object.path(field));
    }

    /** A text, which may be empty; null where it is absent. */
    public String text(String field) {
        JsonNode node = object.path(field);
        if (isAbsent(node)) {
            return null;
        }
        return node.isTextual() ? encodable(field, node.textValue()) : malformed(field, "must be a string");
    }

    /** A text of at least one character. */
    public String requiredText(String field) {
        String text = text(field);
        if (text == null || text.isEmpty()) {
            return malformed(field, "is required, a string that is not empty");
        }
        return text;
    }

    /** A text of at most so many bytes of UTF-8; null where it is absent. */
    public String text(String field, int maxBytes, ZimError tooLong) {
        String text = text(field);
        if (text != null && bytes(text) > maxBytes) {
            problems.add(new ZimProblem(tooLong, prefix + field + " is longer than " + maxBytes + " bytes of UTF-8"));
            return null;
        }
        return text;
    }

    /** A whole number of 32 bits; null where it is absent. */
    public Integer integer(String field) {
        Long number = number(field);
        if (number == null) {
            return null;
        }
        return number == number.intValue() ? number.intValue() : malformed(field, "is out of range");
    }

    /** A whole number; null where it is absent. */
    public Long number(String field) {
        JsonNode node = object.path(field);
        if (isAbsent(node)) {
            return null;
        }
        return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong()
                ? Long.valueOf(node.longValue())
                : malformed(field, "must be a whole number");
    }

    /** A whole number between these, both included; null where it is absent. */
    public Long number(String field, long least, long most) {
        Long number = number(field);
        if (number != null && (number < least || number > most)) {
            return malformed(
                    field,
                    most == Long.MAX_VALUE ? "must be at least " + least : "must be from " + least + " to " + most);
        }
        return number;
    }

    /** False where it is absent. */
    public boolean flag(String field) {
        JsonNode node = object.path(field);
        if (!isAbsent(node) && !node.isBoolean()) {
            wrong(field, "must be true or false");
        }
        return node.booleanValue();
    }

    /** 0 or 1; false where it is absent. */
    public boolean switchedOn(String field) {
        Long number = number(field, 0, 1);
        return number != null && number == 1;
    }

    /** An object within; one without fields where it is absent. Its problems are noted here. */
    public ZimFields object(String field) {
        JsonNode node = object.path(field);
        if (!isAbsent(node) && !node.isObject()) {
            wrong(field, "must be an object");
        }
        return new ZimFields(node.isObject() ? node : MissingNode.getInstance(), prefix + field + ".", problems);
    }

    /** The objects of a list; empty where it is absent. Their problems are their own. */
    public List<ZimFields> objects(String field) {
        List<ZimFields> objects = new ArrayList<>();
        for (JsonNode element : list(field)) {
            if (!element.isObject()) {
                return emptied(field, "must be a list of objects");
            }
            objects.add(new ZimFields(element, field + ".", new ArrayList<>()));
        }
        return objects;
    }

    /** The texts of a list; empty where it is absent. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(field)) {
            String text = element.isTextual() ? encodable(field, element.textValue()) : null;
            if (text == null) {
                return emptied(field, "must be a list of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    private Iterable<JsonNode> list(String field) {
        JsonNode node = object.path(field);
        if (!isAbsent(node) && !node.isArray()) {
            return emptied(field, "must be a list");
        }
        return node;
    }

    private <T> List<T> emptied(String field, String whatToChange) {
        wrong(field, whatToChange);
        return List.of();
    }

    private <T> T malformed(String field, String whatToChange) {
        wrong(field, whatToChange);
        return null;
    }

    /** JSON can write half of a surrogate pair; UTF-8 cannot. */
    private String encodable(String field, String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : malformed(field, "holds half of a surrogate pair");
    }

    /** Of UTF-8. */
    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}

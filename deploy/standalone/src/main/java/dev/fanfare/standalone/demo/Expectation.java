package dev.fanfare.standalone.demo;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one device, or the push provider in its stead, must have of one message: this content, once; or nothing.
 *
 * @param who the row of the table
 * @param what the column of the table
 * @param expected the content; null if nothing may arrive
 * @param shown what the table says when all is well
 * @param arrived asked again and again, cheap
 */
record Expectation(String who, String what, String expected, String shown, Supplier<List<String>> arrived) {

    boolean met() {
        return complaint().isEmpty();
    }

    /** What is wrong, if something is. */
    Optional<String> complaint() {
        List<String> contents = arrived.get();
        if (expected == null) {
            return contents.isEmpty() ? Optional.empty() : Optional.of(what + " reached " + who + ", and should not");
        }
        if (contents.isEmpty()) {
            return Optional.of(what + " did not reach " + who);
        }
        if (contents.size() > 1) {
            return Optional.of(what + " reached " + who + " " + contents.size() + " times");
        }
        return contents.get(0).equals(expected)
                ? Optional.empty()
                : Optional.of(what + " reached " + who + " as " + contents.get(0));
    }

    String cell() {
        return (met() ? (expected == null ? "–" : "✔") : "✘") + (shown.isEmpty() ? "" : " " + shown);
    }
}

package dev.fanfare.delivery.push;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Makes a push as small as its provider wants it by taking from the end of the text that is shown. */
public final class Shortening {

    private static final String ELLIPSIS = "…";

    private Shortening() {}

    /**
     * The payload with as much of the text as fits; an ellipsis stands for what is left out, and no character is cut in
     * two.
     *
     * @param text null is kept
     * @param payload makes the payload of a text; longer, or as long, for a longer text
     * @param most bytes
     * @return empty if it does not even fit without any text
     */
    public static Optional<byte[]> fit(String text, Function<String, byte[]> payload, int most) {
        return fit(text, payload, bytes -> bytes.length, most);
    }

    /**
     * The same where the payload's size is not what counts.
     *
     * @param size what counts of a payload
     */
    public static <T> Optional<T> fit(String text, Function<String, T> payload, ToIntFunction<T> size, int most) {
        T whole = payload.apply(text);
        if (size.applyAsInt(whole) <= most) {
            return Optional.of(whole);
        }
        if (text == null) {
            return Optional.empty();
        }
        T best = payload.apply(ELLIPSIS);
        if (size.applyAsInt(best) > most) {
            return Optional.empty();
        }
        int fits = 0;
        int tooMany = text.codePointCount(0, text.length());
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            T shorter = payload.apply(text.substring(0, text.offsetByCodePoints(0, middle)) + ELLIPSIS);
            if (size.applyAsInt(shorter) <= most) {
                fits = middle;
                best = shorter;
            } else {
                tooMany = middle;
            }
        }
        return Optional.of(best);
    }
}
